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
    for (const { status } of await replay(ingest, whole)) counts[status]++
    onProgress?.(report())
    after = page.at(-1)
  }
}

function replay(ingest: Ingest, letters: readonly DeadLetter[]) {
  const items = letters.map(({ org, payload }) => ({ org, event: readEvent(Buffer.from(payload), ingest.limits) }))
  return acceptPatiently(ingest, items, { origin: 'replay', letters: letters.map(({ letterId }) => letterId) })
}
