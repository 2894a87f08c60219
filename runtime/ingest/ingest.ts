import type { Warehouse } from '../warehouse/index.ts'
import { BusyError } from './accept/busy-error.ts'
import { checkEvent } from './accept/check-event.ts'
import type { ItemResult } from './accept/item.ts'
import { DEFAULT_LIMITS, type IngestLimits } from './accept/limits.ts'
import { createValidator } from './accept/validator.ts'
import { Committer } from './commit/committer.ts'
import type { Delivery } from './commit/delivery.ts'
import { createWays, type Durations, type WayFigures } from './measures.ts'
import type { JsonSchema } from './schemas/index.ts'
import { ensureRawTables } from './tables.ts'

export interface IngestOptions {
  readonly warehouse: Warehouse
  readonly clock?: () => number
  readonly limits?: Partial<IngestLimits>
  /** Schemas of whole events by type; the canonical ones by default. */
  readonly schemas?: Readonly<Record<string, JsonSchema>>
}

export interface AcceptOptions {
  /** Where the events come from, such as `http` or a place in a file; dead letters name it. */
  readonly origin?: string | ((position: number) => string)
  /** True for history from a trusted place: the attribute `receivedtime` says when an event was received at first. */
  readonly backfill?: boolean
  /** Dead letters that the events are, in the same order. */
  readonly letters?: readonly string[]
  /** Runs in the transaction before the events; where it answers false, they are left out with a ClaimError. */
  readonly claim?: Delivery['claim']
}

/** An event and the tenant it belongs to. */
export interface Addressed {
  readonly org: string
  readonly event: unknown
  /** When it was received, where somebody received it before us. */
  readonly received?: number | undefined
}

export interface IngestFigures {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: number
  /** Requests that were told to come back. */
  readonly refused: number
  /** Events that wait for their transaction. */
  readonly queued: number
}

export interface IngestMeasures {
  readonly ways: readonly WayFigures[]
  readonly commits: Durations
}

/** What takes the events of requests: the warehouse, or a topic before it. */
export interface EventSink {
  readonly limits: IngestLimits
  /** Takes events of a tenant, parsed, and answers after the commit. Throws a BusyError before taking anything. */
  accept(org: string, events: readonly unknown[], options?: AcceptOptions): Promise<readonly ItemResult[]>
  /** Throws a BusyError if no more events may wait. */
  admit(events: number): void
}

/** The way of all events into the warehouse. */
export interface Ingest extends EventSink {
  readonly warehouse: Warehouse
  /** Takes events of several tenants in one transaction. */
  acceptAll(items: readonly Addressed[], options?: AcceptOptions): Promise<readonly ItemResult[]>
  figures(): IngestFigures
  /** What became of events by their way in, and how long commits took. */
  measures(): IngestMeasures
  isOpen(): boolean
  /** Waits for the events that were taken. The warehouse stays open. */
  close(): Promise<void>
}

export async function createIngest(options: IngestOptions): Promise<Ingest> {
  const { warehouse, clock = Date.now } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const checks = { validate: createValidator(options.schemas), limits }
  await ensureRawTables(warehouse)
  const committer = Committer.of(warehouse, limits.eventsPerCommit)
  committer.prepare()
  const counts = { accepted: 0, duplicate: 0, rejected: 0, refused: 0 }
  const ways = createWays()
  let isOpen = true

  const admit = (events: number) => {
    const { queued, pace } = committer
    if (isOpen && (queued === 0 || queued + events <= limits.queuedEvents)) return
    counts.refused++
    throw new BusyError(Math.min(30, Math.max(1, Math.ceil(queued / Math.max(1000, pace)))))
  }

  const acceptAll: Ingest['acceptAll'] = async (items, { origin = 'process', backfill = false, ...options } = {}) => {
    admit(items.length)
    const now = clock()
    const events = items.map(({ org, event, received = now }) =>
      checkEvent(event, { org, received: Math.min(received, now), backfill }, checks),
    )
    const originOf = typeof origin === 'string' ? () => origin : origin
    const results = await committer.deliver({
      events,
      origin: originOf,
      letters: options.letters,
      claim: options.claim,
    })
    for (const { status } of results) counts[status]++
    ways.count(originOf(0), results)
    return results
  }

  return {
    limits,
    warehouse,
    admit,
    acceptAll,
    accept: (org, events, options) =>
      acceptAll(
        events.map((event) => ({ org, event })),
        options,
      ),
    figures: () => ({
      accepted: counts.accepted,
      duplicates: counts.duplicate,
      rejected: counts.rejected,
      refused: counts.refused,
      queued: committer.queued,
    }),
    measures: () => ({ ways: ways.figures(), commits: committer.durations.figures() }),
    isOpen: () => isOpen,
    async close() {
      isOpen = false
      await committer.drained()
    },
  }
}
