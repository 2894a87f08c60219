import { type Delivery, type Entry, entriesOf } from './delivery.ts'

/** A delivery, or a part of one, on its way through a transaction. */
export interface Job {
  readonly entries: Entry[]
  readonly claim: Claim
}

interface Claim {
  readonly ask: Delivery['claim']
  isHeld: boolean
}

export function jobOf(delivery: Delivery): Job {
  return { entries: entriesOf(delivery), claim: { ask: delivery.claim, isHeld: true } }
}

/** Two halves of the jobs; a single job is cut through its events, and claimed with the second part. */
export function halves(jobs: readonly Job[]): readonly [readonly Job[], readonly Job[]] {
  const [job] = jobs
  if (job === undefined || jobs.length > 1) {
    const middle = Math.ceil(jobs.length / 2)
    return [jobs.slice(0, middle), jobs.slice(middle)]
  }
  const { entries, claim } = job
  const middle = Math.ceil(entries.length / 2)
  if (middle === entries.length) return [jobs, []]
  return [
    [{ entries: entries.slice(0, middle), claim: { ask: undefined, isHeld: true } }],
    [{ entries: entries.slice(middle), claim }],
  ]
}
