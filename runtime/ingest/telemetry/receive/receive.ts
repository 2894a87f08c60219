import type { Ingest } from '../../ingest.ts'
import type { Interpreter } from '../mapping/index.ts'
import type { Memory } from '../memory/index.ts'
import type { TelemetryRecord } from '../otlp/index.ts'
import { gapNotices } from './gap-notices.ts'
import { createTurns } from './turns.ts'
import { understand } from './understand.ts'

export interface Received {
  readonly accepted: number
  readonly duplicates: number
  /** Records that no mapping has a use for. */
  readonly ignored: number
  /** Why records were not taken, one reason each. */
  readonly rejected: readonly string[]
}

export type Receiver = (org: string, records: readonly TelemetryRecord[]) => Promise<Received>

export interface ReceiverOptions {
  readonly ingest: Pick<Ingest, 'accept'>
  readonly interpret: Interpreter
  readonly memory: Memory
  /** Brings back what is not in memory; called before records are read. */
  readonly recall: (org: string, records: readonly TelemetryRecord[]) => Promise<void>
  readonly now: () => number
}

/** Turns telemetry into events and hands them over; remembers only what was taken. */
export function createReceiver(options: ReceiverOptions): Receiver {
  const inTurn = createTurns()
  return (org, records) => {
    const work = () => receive(org, records, options)
    return records.some(isCumulative) ? inTurn(org, work) : work()
  }
}

/** What a cumulative point adds depends on the one before, which must be stored first. */
const isCumulative = (record: TelemetryRecord) => record.signal === 'metrics' && record.temporality === 'cumulative'

async function receive(org: string, records: readonly TelemetryRecord[], options: ReceiverOptions): Promise<Received> {
  const { ingest, interpret, memory, recall, now } = options
  await recall(org, records)
  const understood = understand(records, { org, interpret, memory })
  const notices = gapNotices(memory.sequences, org, now())
  const events = [...understood.events, ...notices].map(({ event }) => event)
  const results = events.length > 0 ? await ingest.accept(org, events, { origin: 'otlp' }) : []
  understood.remember(now())
  for (const { told } of notices) told()
  const refused = new Map<number, string>()
  for (const result of results) {
    if (result.status !== 'rejected') continue
    for (const record of understood.events[result.position]?.records ?? []) refused.set(record, result.reason)
  }
  return {
    accepted: results.filter(({ status }) => status === 'accepted').length,
    duplicates: results.filter(({ status }) => status === 'duplicate').length,
    ignored: understood.ignored,
    rejected: [...understood.rejected, ...refused.values()],
  }
}
