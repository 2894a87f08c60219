import type { Warehouse } from '../../warehouse/index.ts'
import { DEAD_LETTERS, EVENTS } from '../tables.ts'
import { missingFields } from './missing-fields.ts'
import { DAY, HOUR, timestampOf } from './time.ts'

export type SourceKind = 'telemetry' | 'git' | 'import' | 'demo' | 'usage' | 'events'

/** A source of events and whether it still speaks as it did. */
export interface SourceStatus {
  readonly source: string
  readonly kind: SourceKind
  readonly events: number
  readonly lastEventAt: string | null
  readonly lastReceivedAt: string | null
  /** Seconds that it was silent at most within four weeks, an hour at least; null where nothing is expected of it. */
  readonly expectedEvery: number | null
  /** `late` once it is silent for longer than it ever was, `silent` after twice that time. */
  readonly status: 'fresh' | 'late' | 'silent'
  /** Events that are among the dead letters. */
  readonly rejected: number
  /** Fields that its events had in the week before, and have no longer. */
  readonly missing: readonly string[]
}

/** Every source of an organisation, those that say nothing first. */
export async function sourceStatus(
  warehouse: Warehouse,
  org: string,
  now = Date.now(),
): Promise<readonly SourceStatus[]> {
  // A project that never took events has no tables for them.
  if ((await warehouse.describe(EVENTS)).length === 0) return []
  const [paces, letters, missing] = await Promise.all([
    warehouse.query(PACES, [org, timestampOf(now - 28 * DAY)]),
    warehouse.query(LETTERS, [org]),
    missingFields(warehouse, org, now),
  ])
  const rejected = new Map(letters.rows.map(([source, count]) => [textOf(source), Number(count)]))
  const speaking = paces.rows.map((row) => statusOf(row, { rejected, missing, now }))
  const known = new Set(speaking.map(({ source }) => source))
  const refused = letters.rows.filter(([source]) => !known.has(textOf(source))).map(refusedOnly)
  return [...speaking, ...refused].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
}

const ORDER: readonly SourceStatus['status'][] = ['silent', 'late', 'fresh']

/** Minutes instead of events: the pauses between millions of events need not be told to the second. */
const PACES = `
WITH minutes AS (
  SELECT source, date_trunc('minute', received_at) AS minute, count(*) AS events,
    max(time) AS last_event, max(received_at) AS last_received
  FROM ${EVENTS} WHERE org_id = $1 GROUP BY source, date_trunc('minute', received_at)
),
pauses AS (
  SELECT *, lag(minute) OVER (PARTITION BY source ORDER BY minute) AS previous FROM minutes
)
SELECT source, sum(events), max(last_event), max(last_received),
  max(CASE WHEN minute >= cast($2 AS timestamp) THEN extract(epoch FROM minute) - extract(epoch FROM previous) END)
FROM pauses GROUP BY source ORDER BY source`

const LETTERS = `
SELECT source, count(*), max(received_at)
FROM ${DEAD_LETTERS} WHERE org_id = $1 AND replayed_at IS NULL GROUP BY source ORDER BY source`

interface Known {
  readonly rejected: ReadonlyMap<string, number>
  readonly missing: ReadonlyMap<string, readonly string[]>
  readonly now: number
}

function statusOf(row: readonly unknown[], { rejected, missing, now }: Known): SourceStatus {
  const [name, events, lastEvent, lastReceived, longest] = row
  const source = String(name)
  const kind = kindOf(source)
  const expected = kind === 'import' ? null : longest === null ? DAY : Math.max(HOUR, Number(longest) * 1000)
  const pause = now - Date.parse(String(lastReceived))
  return {
    source,
    kind,
    events: Number(events),
    lastEventAt: String(lastEvent),
    lastReceivedAt: String(lastReceived),
    expectedEvery: expected === null ? null : expected / 1000,
    status: expected === null || pause <= expected ? 'fresh' : pause <= 2 * expected ? 'late' : 'silent',
    rejected: rejected.get(source) ?? 0,
    missing: missing.get(source) ?? [],
  }
}

/** A source whose events are all refused: whoever set it up wants to know. */
function refusedOnly([name, count, last]: readonly unknown[]): SourceStatus {
  return {
    source: textOf(name),
    kind: kindOf(textOf(name)),
    events: 0,
    lastEventAt: null,
    lastReceivedAt: String(last),
    expectedEvery: null,
    status: 'silent',
    rejected: Number(count),
    missing: [],
  }
}

/** What could not be read names no source. */
const textOf = (source: unknown) => (typeof source === 'string' ? source : 'unreadable')

const KINDS: readonly SourceKind[] = ['telemetry', 'git', 'import', 'demo']

function kindOf(source: string): SourceKind {
  return KINDS.find((kind) => source.startsWith(`/${kind}/`)) ?? (source === '/dashboard' ? 'usage' : 'events')
}
