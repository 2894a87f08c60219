import type { Warehouse } from '../../../warehouse/index.ts'
import type { AgentMapping } from '../mapping/index.ts'
import { type Memory, restoreSeries, restoreSessions } from '../memory/index.ts'
import type { TelemetryRecord } from '../otlp/index.ts'

const DAY = 86_400_000
/** Stored points of a series are at most this much older than its beginning: clocks differ. */
const SLACK = 3_600_000

interface RecallOptions {
  readonly warehouse: Warehouse
  readonly memory: Memory
  readonly mappings: readonly AgentMapping[]
  readonly days: number
  readonly now: () => number
}

/**
 * Reads back what stored telemetry says, so that a restart changes nothing: sessions and channels once, cumulative
 * series of an organisation from where the oldest of them begins.
 */
export function createRecall({ warehouse, memory, mappings, days, now }: RecallOptions) {
  let sessions: Promise<void> | undefined
  const recalled = new Map<string, number>()
  return async (org: string, records: readonly TelemetryRecord[]): Promise<void> => {
    sessions ??= restoreSessions(warehouse, memory, mappings, new Date(now() - days * DAY)).catch((error) => {
      sessions = undefined
      throw error
    })
    await sessions
    const from = oldestStart(records)
    if (from === undefined || from >= (recalled.get(org) ?? Number.POSITIVE_INFINITY)) return
    await restoreSeries(warehouse, memory, org, new Date(from))
    recalled.set(org, from)
  }
}

function oldestStart(records: readonly TelemetryRecord[]): number | undefined {
  let oldest: number | undefined
  for (const record of records) {
    if (record.signal !== 'metrics' || record.temporality !== 'cumulative' || record.start === 0n) continue
    const start = Number(record.start / 1_000_000n) - SLACK
    if (oldest === undefined || start < oldest) oldest = start
  }
  return oldest
}
