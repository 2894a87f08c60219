import type { Warehouse } from '../../warehouse/index.ts'
import { EVENTS } from '../tables.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Fields that answer who, where, what and with which model: without them numbers cannot be told apart. */
const FIELDS = ['session_id', 'user_id', 'team_id', 'repository_id', 'model'] as const

/** A source of events and whether it still speaks as it did. */
export interface SourceStatus {
  readonly source: string
  readonly lastSeen: string
  readonly silentMinutes: number
  /** Longer without a word than it was before at any time of the four weeks, and than an hour. */
  readonly isSilent: boolean
  readonly eventsLastDay: number
  readonly eventsLastWeek: number
  /** Fields that nine of ten events had in the week, and less than one of ten since a day. */
  readonly missing: readonly string[]
}

/** Every source of an organisation within four weeks, the longest silent first. */
export async function sourceStatus(
  warehouse: Warehouse,
  org: string,
  now = Date.now(),
): Promise<readonly SourceStatus[]> {
  const { rows } = await warehouse.query(QUERY, [org, at(now - 28 * DAY), at(now - 7 * DAY), at(now - DAY)])
  return rows.map((row) => statusOf(row, now)).sort((a, b) => b.silentMinutes - a.silentMinutes)
}

const share = (field: string, period: string) =>
  `sum(CASE WHEN ${period} AND (cast(data AS json) ->> '${field}') IS NOT NULL THEN 1 ELSE 0 END)`

const recent = 'received_at >= cast($4 AS timestamp)'
const before = 'received_at >= cast($3 AS timestamp) AND received_at < cast($4 AS timestamp)'

const QUERY = `
WITH told AS (
  SELECT source, received_at, data,
    lag(received_at) OVER (PARTITION BY source ORDER BY received_at) AS previous
  FROM ${EVENTS} WHERE org_id = $1 AND received_at >= cast($2 AS timestamp)
)
SELECT source, max(received_at),
  max(extract(epoch FROM received_at) - extract(epoch FROM previous)) AS longest,
  sum(CASE WHEN ${recent} THEN 1 ELSE 0 END), sum(CASE WHEN ${before} THEN 1 ELSE 0 END),
  ${FIELDS.flatMap((field) => [share(field, recent), share(field, before)]).join(',\n  ')}
FROM told GROUP BY source`

function statusOf([source, last, longest, day, week, ...shares]: readonly unknown[], now: number): SourceStatus {
  const silent = now - Date.parse(String(last))
  const usual = Math.max(HOUR, Number(longest ?? 0) * 1000)
  const [eventsLastDay, eventsLastWeek] = [Number(day), Number(week)]
  return {
    source: String(source),
    lastSeen: String(last),
    silentMinutes: Math.max(0, Math.floor(silent / 60_000)),
    isSilent: silent > usual,
    eventsLastDay,
    eventsLastWeek,
    missing: FIELDS.filter((_, index) => {
      const [since, earlier] = [Number(shares[index * 2]), Number(shares[index * 2 + 1])]
      return eventsLastDay >= 10 && since < eventsLastDay / 10 && earlier >= (eventsLastWeek * 9) / 10 && earlier > 0
    }),
  }
}

const at = (instant: number) => new Date(instant).toISOString().replace('T', ' ').replace('Z', '')
