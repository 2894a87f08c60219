import { type Code, catalogue, type Severity } from '../../diagnostics/index.ts'

/** Something that could not be carried over: what, why, and what to do instead. */
export interface Loss {
  readonly code: Code
  readonly severity: Severity
  /** Kind and name in the words of where it comes from: `metric:visit_to_buy`. */
  readonly object: string
  readonly message: string
  readonly hint: string
}

export type Lose = (code: Code, object: string, message: string, hint: string) => void

/** Collects losses; the same is told once. */
export function createLosses(): { readonly lose: Lose; readonly list: () => readonly Loss[] } {
  const losses = new Map<string, Loss>()
  return {
    lose: (code, object, message, hint) => {
      const key = `${code} ${object} ${message}`
      if (!losses.has(key)) losses.set(key, { code, severity: catalogue[code].severity, object, message, hint })
    },
    list: () => [...losses.values()].sort(bySecurity),
  }
}

/** What is no longer protected comes first. */
const bySecurity = (a: Loss, b: Loss) =>
  Number(isSecurity(b)) - Number(isSecurity(a)) || compare(a.code, b.code) || compare(a.object, b.object)

export const isSecurity = ({ code }: Loss): boolean => code >= 'AM6210' && code <= 'AM6213'

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
