import type { QueryDefinition } from '../../definitions/index.ts'
import { fromMillis, truncate, utcToLocal } from '../../semantic/index.ts'
import type { Row } from '../checks/check.ts'
import { type Clock, labelOf } from '../checks/periods.ts'
import { isAdditive, numberOf } from '../checks/series.ts'
import type { Rule } from '../rule.ts'

/**
 * Answers the questions of an alert from points: `time`, `value` (or the name of the metric) and labels. `known_at` is
 * when a late point came, `error` makes the question fail.
 */
export function seriesQuery(
  points: readonly Row[],
  rule: Rule,
  clock: Clock,
): (query: QueryDefinition, now: number) => Promise<readonly Row[]> {
  const all = points.map((point) => ({ point, time: instantOf(String(point.time), clock) }))
  return async (query, now) => {
    const visible = all.filter(
      ({ point, time }) =>
        time <= now && (point.known_at === undefined || instantOf(String(point.known_at), clock) <= now),
    )
    const asked = visible.filter(({ time }) => isAsked(query, time, clock))
    const failed = asked.find(({ point }) => typeof point.error === 'string')
    if (failed !== undefined) throw new Error(String(failed.point.error))
    const rows = asked.map(({ point, time }) => rowOf(point, time, query, rule, clock))
    return query.grain === undefined ? inWindow(rows, query.by ?? [], rule) : rows
  }
}

function instantOf(text: string, { timezone }: Clock): number {
  if (/(Z|[+-]\d\d:?\d\d)$/.test(text)) return Date.parse(text)
  const utc = Date.parse(`${text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T')}Z`)
  const offset = Date.parse(`${utcToLocal(fromMillis(utc), timezone)}Z`) - utc
  return utc - offset
}

function isAsked({ from = '', grain, to = '' }: QueryDefinition, time: number, { timezone }: Clock): boolean {
  if (grain === undefined) return time >= Date.parse(from) && time <= Date.parse(to)
  const local = utcToLocal(fromMillis(time), timezone)
  return local >= from && local.slice(0, to.length) <= to
}

function rowOf(
  point: Row,
  time: number,
  { grain }: QueryDefinition,
  { alert, metric }: Rule,
  { timezone, weekStart }: Clock,
): Row {
  const { error: _error, known_at: _known, value, ...rest } = point
  const period =
    grain === undefined
      ? {}
      : { time: labelOf(truncate(utcToLocal(fromMillis(time), timezone), grain, weekStart), grain) }
  const labels = Object.fromEntries((alert.by ?? []).map((name) => [name, rest[name] ?? null]))
  return { ...rest, ...labels, ...(value !== undefined && { [metric.name]: value }), ...period }
}

/** Within a window counts add up; of anything else the last value holds. */
function inWindow(rows: readonly Row[], by: readonly string[], { metric }: Rule): readonly Row[] {
  const groups = new Map<string, Row>()
  for (const { time: _time, ...row } of rows) {
    const key = JSON.stringify(by.map((name) => row[name]))
    const sum = (numberOf(groups.get(key)?.[metric.name]) ?? 0) + (numberOf(row[metric.name]) ?? 0)
    groups.set(key, isAdditive(metric) ? { ...row, [metric.name]: sum } : row)
  }
  return [...groups.values()]
}
