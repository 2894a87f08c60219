import type { Warehouse } from '../../warehouse/index.ts'
import { EVENTS } from '../tables.ts'
import { DAY, timestampOf } from './time.ts'

/** Fields that answer who, where, what and with which model: without them numbers cannot be told apart. */
const FIELDS = ['session_id', 'user_id', 'team_id', 'repository_id', 'model'] as const

/** By source: fields that nine of ten events had in the week before, and less than one of ten have since a day. */
export async function missingFields(
  warehouse: Warehouse,
  org: string,
  now: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await warehouse.query(QUERY, [org, timestampOf(now - 7 * DAY), timestampOf(now - DAY)])
  return new Map(rows.map(([source, ...numbers]) => [String(source), missingOf(numbers.map(Number))]))
}

const recent = 'received_at >= cast($3 AS timestamp)'
const before = 'received_at < cast($3 AS timestamp)'
const counted = (condition: string) => `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`
const having = (field: string, period: string) => counted(`${period} AND (data ->> '${field}') IS NOT NULL`)

const QUERY = `
WITH told AS (
  SELECT source, received_at, cast(data AS json) AS data
  FROM ${EVENTS} WHERE org_id = $1 AND received_at >= cast($2 AS timestamp)
)
SELECT source, ${counted(recent)}, ${counted(before)},
  ${FIELDS.flatMap((field) => [having(field, recent), having(field, before)]).join(',\n  ')}
FROM told GROUP BY source`

function missingOf([day = 0, week = 0, ...having]: readonly number[]): readonly string[] {
  return FIELDS.filter((_, index) => {
    const [since = 0, earlier = 0] = having.slice(index * 2)
    return day >= 10 && since < day / 10 && earlier > 0 && earlier >= (week * 9) / 10
  })
}
