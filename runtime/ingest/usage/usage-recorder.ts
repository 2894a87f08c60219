import { randomUUID } from 'node:crypto'
import type { Addressed, Ingest } from '../ingest.ts'

const SOURCE = '/dashboard'
const MINUTE = 60_000

export type UsageType = 'dashboard.page.viewed' | 'dashboard.feedback.given'

export interface UsageRecorder {
  /** Notes what somebody did; nobody waits for it. */
  record(org: string, type: UsageType, data: Readonly<Record<string, unknown>>): void
  /** Hands over what was noted. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface UsageOptions {
  readonly ingest: () => Promise<Pick<Ingest, 'acceptAll'>>
  /** False for projects that read no events: theirs would be tables for nothing. */
  readonly isWanted: () => boolean
  readonly onTrouble: (error: unknown) => void
  /** Milliseconds between two handings over: each one has the models over events built anew. */
  readonly every?: number
  readonly atOnce?: number
}

/** Gathers what people do with the dashboard, and hands it over as events like any other. */
export function createUsageRecorder({
  ingest,
  isWanted,
  onTrouble,
  every = 2 * MINUTE,
  atOnce = 500,
}: UsageOptions): UsageRecorder {
  let noted: Addressed[] = []
  let work: Promise<void> = Promise.resolve()
  const handOver = async () => {
    if (noted.length === 0) return
    const batch = noted
    noted = []
    try {
      await (await ingest()).acceptAll(batch, { origin: 'dashboard' })
    } catch (error) {
      onTrouble(error)
      // Kept for the next time, but not for ever.
      noted = [...batch, ...noted].slice(-10 * atOnce)
    }
  }
  const flush = () => {
    work = work.then(handOver)
    return work
  }
  const timer = setInterval(() => void flush(), every)
  timer.unref()
  return {
    record: (org, type, data) => {
      if (!isWanted()) return
      const time = new Date().toISOString()
      const event = { specversion: '1.0', id: randomUUID(), source: SOURCE, type, time, data }
      noted.push({ org, event })
      if (noted.length >= atOnce) void flush()
    },
    flush,
    close: () => {
      clearInterval(timer)
      return flush()
    },
  }
}
