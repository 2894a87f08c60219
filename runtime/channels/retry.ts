export interface RetryRules {
  /** Milliseconds before the second attempt; each further wait is twice as long. */
  readonly first: number
  readonly longest: number
  /** After so many attempts a message is given up. */
  readonly attempts: number
}

export const RETRY: RetryRules = { first: 2_000, longest: 600_000, attempts: 100 }

/** The wait after the n-th attempt: exponential, with up to a quarter of jitter so that many do not come at once. */
export function waitAfter({ first, longest }: RetryRules, attempt: number, random: () => number): number {
  const wait = Math.min(longest, first * 2 ** Math.min(attempt - 1, 30))
  return Math.round(wait * (1 - random() / 4))
}
