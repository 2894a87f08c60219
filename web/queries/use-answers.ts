import { useEffect, useState } from 'react'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { type Answer, ask, keyOf } from './answers.ts'
import { refreshes } from './connection.ts'
import { useStore } from './external-store.ts'

export interface Answers {
  /** One for each query; the former ones while new ones are on their way. */
  readonly answers: readonly Answer[] | null
  readonly loading: boolean
  /** What went wrong where there is nothing to show. */
  readonly error: Error | null
  /** True where the answers shown are older than the data, because asking again failed. */
  readonly stale: boolean
  readonly retry: () => void
}

interface State {
  readonly key: string
  readonly answers: readonly Answer[] | null
  readonly error: Error | null
}

/** Asks the queries of a widget and keeps showing what there was until all are answered. */
export function useAnswers(queries: readonly QueryDefinition[]): Answers {
  const key = queries.map(keyOf).join('\n')
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<State>({ key: '', answers: null, error: null })
  const refresh = useStore(refreshes)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the queries; the others ask again.
  useEffect(() => {
    let current = true
    const asked = queries.map(ask)
    Promise.all(asked.map(({ answer }) => answer)).then(
      (answers) =>
        current && setState((before) => (isSame(before, key, answers) ? before : { key, answers, error: null })),
      (error: Error) => current && setState((before) => ({ key, answers: kept(before, key), error })),
    )
    return () => {
      current = false
      for (const { release } of asked) release()
    }
  }, [key, attempt, refresh])
  const loading = state.key !== key
  return {
    answers: state.answers,
    loading,
    error: loading || state.answers !== null ? null : state.error,
    stale: !loading && state.error !== null && state.answers !== null,
    retry: () => {
      setState((before) => ({ ...before, key: '' }))
      setAttempt(attempt + 1)
    },
  }
}

function isSame(before: State, key: string, answers: readonly Answer[]): boolean {
  if (before.key !== key || before.error !== null || before.answers?.length !== answers.length) return false
  return answers.every((answer, index) => answer === before.answers?.[index])
}

/** Answers to the same questions stay; those to others would be wrong. */
const kept = (before: State, key: string) => (before.key === key ? before.answers : null)
