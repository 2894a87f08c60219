import { useState } from 'react'
import { say } from '../../frame/toasts.tsx'
import { RequestError } from '../../queries/request.ts'

export interface Action {
  readonly busy: boolean
  /** What the server said against it. */
  readonly error: RequestError | Error | null
  /** Does it, and says so; true where it was done. */
  readonly run: (work: () => Promise<unknown>, done?: string) => Promise<boolean>
  readonly clear: () => void
}

/** Something a person asks for: one at a time, with its failure in sight. */
export function useAction(): Action {
  const [state, setState] = useState<Pick<Action, 'busy' | 'error'>>({ busy: false, error: null })
  const run: Action['run'] = async (work, done) => {
    setState({ busy: true, error: null })
    try {
      await work()
      setState({ busy: false, error: null })
      if (done !== undefined) say(done)
      return true
    } catch (error) {
      setState({ busy: false, error: error instanceof Error ? error : new Error(String(error)) })
      return false
    }
  }
  return { ...state, run, clear: () => setState({ busy: false, error: null }) }
}

/** The message of a failure, where it has one of these codes; with `others` all but these. */
export function messageOf({ error }: Pick<Action, 'error'>, codes: readonly string[], others = false): string | null {
  if (error === null) return null
  const isOne = error instanceof RequestError && error.code !== null && codes.includes(error.code)
  return isOne !== others ? error.message : null
}
