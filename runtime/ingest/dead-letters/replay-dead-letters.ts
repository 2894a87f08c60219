import { acceptPatiently } from '../accept/accept-patiently.ts'
import type { Ingest } from '../ingest.ts'
import { readEvent } from '../json/read-event.ts'
import { type DeadLetter, type DeadLetterFilter, listDeadLetters } from './list-dead-letters.ts'

export interface ReplayReport {
  readonly accepted: number
  readonly duplicates: number
  /** Refused again; they stay. */
  readonly rejected: number
  /** Only their beginning was kept. */
  readonly truncated: number
}

export interface ReplayOptions {
  readonly onProgress?: (report: ReplayReport) => void
}

const PAGE = 500

/** Sends dead letters the public way again. Each is settled in the transaction that takes its event. */
export async function replayDeadLetters(
  ingest: Ingest,
  filter: Omit<DeadLetterFilter, 'withReplayed'> = {},
  { onProgress }: ReplayOptions = {},
): Promise<ReplayReport> {
  const counts = { accepted: 0, duplicate: 0, rejected: 0, truncated: 0 }
  const report = () => ({
    accepted: counts.accepted,
    duplicates: counts.duplicate,
    rejected: counts.rejected,
    truncated: counts.truncated,
  })
  for (let after: DeadLetter | undefined; ; ) {
    const page = await listDeadLetters(ingest.warehouse, filter, { limit: PAGE, after })
    if (page.length === 0) return report()
    const whole = page.filter(({ truncated }) => !truncated)
    counts.truncated += page.length - whole.length
    for (const [org, letters] of byOrg(whole)) {
      for (const { status } of await replay(ingest, org, letters)) counts[status]++
    }
    onProgress?.(report())
    after = page.at(-1)
  }
}

function replay(ingest: Ingest, org: string, letters: readonly DeadLetter[]) {
  const events = letters.map(({ payload }) => readEvent(Buffer.from(payload), ingest.limits))
  return acceptPatiently(ingest, org, events, { origin: 'replay', letters: letters.map(({ letterId }) => letterId) })
}

function byOrg(letters: readonly DeadLetter[]): ReadonlyMap<string, readonly DeadLetter[]> {
  const groups = new Map<string, DeadLetter[]>()
  for (const letter of letters) groups.set(letter.org, [...(groups.get(letter.org) ?? []), letter])
  return groups
}
