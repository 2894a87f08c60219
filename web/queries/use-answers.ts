import { useEffect, useState } from 'react'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { type Answer, ask, keyOf } from './answers.ts'

export interface Answers {
  /** One for each query; the former ones while new ones are on their way. */
  readonly answers: readonly Answer[] | null
  readonly loading: boolean
  readonly error: Error | null
  readonly retry: () => void
}

/** Asks the queries of a widget and keeps showing what there was until all are answered. */
export function useAnswers(queries: readonly QueryDefinition[]): Answers {
  const key = queries.map(keyOf).join('\n')
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<{ key: string; answers: readonly Answer[] | null; error: Error | null }>({
    key: '',
    answers: null,
    error: null,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the queries, attempt asks again.
  useEffect(() => {
    let current = true
    Promise.all(queries.map(ask)).then(
      (answers) => current && setState({ key, answers, error: null }),
      (error: Error) => current && setState((before) => ({ key, answers: before.answers, error })),
    )
    return () => {
      current = false
    }
  }, [key, attempt])
  const loading = state.key !== key
  return {
    answers: state.answers,
    loading,
    error: loading ? null : state.error,
    retry: () => {
      setState((before) => ({ ...before, key: '' }))
      setAttempt(attempt + 1)
    },
  }
}
