import type { Window } from '../../../compiler/index.ts'
import type { Grain } from '../../../definitions/index.ts'
import {
  firstBucketEnd,
  fromMillis,
  type Local,
  localToUtc,
  toMillis,
  type WeekStart,
  windowStart,
} from '../../calendar.ts'
import type { BaseSelect, Condition, CubeQuery, Measure, TimeDimension } from './cube-query.ts'

/** Rows a window needs and how finely they may be grouped before the windows are laid over them. */
export interface WindowPlan {
  readonly window: Window
  readonly grain: Grain | null
  /** Start of the range, and its end, exclusive. */
  readonly from: Local
  readonly end: Local
  /** From where rows count for the first bucket; null for the beginning of time. */
  readonly lower: Local | null
  /** Day or hour where every edge of every window lies on one; null where only the rows themselves will do. */
  readonly fine: 'day' | 'hour' | null
}

export function planWindow(
  window: Window,
  range: TimeDimension,
  grain: Grain | null,
  weekStart: WeekStart,
): WindowPlan {
  const from = range.dateFromFormatted().slice(0, 23)
  const end = fromMillis(toMillis(range.dateToFormatted()) + 1)
  const firstEnd = grain === null ? end : firstBucketEnd(from, end, grain, weekStart)
  return {
    window,
    grain,
    from,
    end,
    lower: windowStart(window, firstEnd, weekStart),
    fine: fineness(window, end, grain),
  }
}

function fineness(window: Window, end: Local, grain: Grain | null): 'day' | 'hour' | null {
  const hourly = grain === 'hour' || ('trailing' in window && window.trailing.unit === 'hour')
  if (!hourly && end.endsWith('T00:00:00.000')) return 'day'
  return end.endsWith(':00:00.000') ? 'hour' : null
}

/** A cumulative measure: one aggregate without a grain, one for the end of each bucket with one. */
export function windowSelect(
  query: CubeQuery,
  base: BaseSelect,
  measure: Measure,
  fromRollup: boolean,
  weekStart: WeekStart,
): string {
  const range =
    query.timeDimensions.find((time) => time.dateRange !== undefined && time.granularity) ??
    query.timeDimensions.find((time) => time.dateRange !== undefined)
  const filters = [...query.segments, ...query.filters]
  if (range === undefined) return base([measure], filters, false)
  const grain = finestGrain(query)
  const plan = planWindow(windowOf(measure), range, grain, weekStart)
  const ranged = [...filters, rangeCondition(query, range, plan, fromRollup)]
  if (grain === null) return base([measure], ranged, false)
  const grouped = measure.isAdditive() && plan.fine !== null
  const rows = query.groupedUngroupedSelect(() => base([measure], ranged), !grouped, grouped ? plan.fine : undefined)
  return overBuckets(query, measure, range, plan, rows)
}

export const windowOf = (measure: Measure): Window =>
  (measure.measureDefinition().meta?.window ?? { all: true }) as Window

export function finestGrain(query: CubeQuery): Grain | null {
  const grains = query.timeDimensions.flatMap((time) => time.granularity ?? [])
  const [first, ...rest] = grains
  return first === undefined
    ? null
    : (rest.reduce((finest, grain) => query.minGranularity(finest, grain), first) as Grain)
}

/** Stored aggregates hold local times, relations UTC. */
function rangeCondition(query: CubeQuery, time: TimeDimension, plan: WindowPlan, fromRollup: boolean): Condition {
  const instant = (local: Local) => (fromRollup ? local : localToUtc(local, query.timezone))
  const bound = (local: Local) => query.timeStampCast(query.paramAllocator.allocateParam(instant(local)))
  return {
    filterToWhere: () => {
      const column = query.dimensionSql(time)
      const upper = `${column} < ${bound(plan.end)}`
      return plan.lower === null ? upper : `${column} >= ${bound(plan.lower)} AND ${upper}`
    },
  }
}

function overBuckets(query: CubeQuery, measure: Measure, time: TimeDimension, plan: WindowPlan, rows: string): string {
  const buckets = time.dateSeriesAliasName()
  const base = query.cubeAlias('base')
  const end = `${buckets}.${query.escapeColumnName('date_to')}`
  const at = `${base}.${time.aliasName()}`
  const lower = lowerBound(query, plan.window, end)
  const inWindow = lower === null ? `${at} < ${end}` : `${at} >= ${lower} AND ${at} < ${end}`
  const columns = [
    ...query.dimensions.flatMap((dimension) => dimension.cumulativeSelectColumns() ?? []),
    ...query.timeDimensions.flatMap((other) => other.dateSeriesSelectColumn(null, plan.grain ?? 'day') ?? []),
    ...(measure.cumulativeSelectColumns() ?? []),
  ]
  // A value of a dimension belongs to a bucket only where its window has rows; without dimensions every bucket counts.
  const join = query.dimensions.length > 0 ? 'INNER' : 'LEFT'
  return `SELECT ${columns.join(', ')} FROM (${bucketSeries(query, plan)}) AS ${buckets} ${join} JOIN (${rows}) AS ${base} ON ${inWindow}${query.groupByClause()}`
}

function lowerBound(query: CubeQuery, window: Window, end: string): string | null {
  if ('all' in window) return null
  if ('trailing' in window) return `${end} - ${intervalSql(window.trailing.count, window.trailing.unit)}`
  return query.timeGroupedColumn(window.toDate, `(${end} - INTERVAL '1 microsecond')`)
}

function bucketSeries(query: CubeQuery, plan: WindowPlan): string {
  const grain = plan.grain ?? 'day'
  const literal = (local: Local) => `TIMESTAMP '${local.replace('T', ' ')}'`
  const step = intervalSql(1, grain)
  const first = query.timeGroupedColumn(grain, literal(plan.from))
  const last = `${literal(plan.end)} - INTERVAL '1 microsecond'`
  const end = `least(d + ${step}, ${literal(plan.end)})`
  // The hour that a clock skips is no bucket.
  const exists =
    grain === 'hour' && query.timezone !== 'UTC'
      ? ` WHERE (d AT TIME ZONE '${query.timezone}') AT TIME ZONE '${query.timezone}' = d`
      : ''
  return `SELECT d AS "date_from", ${end} AS "date_to" FROM generate_series(${first}, ${last}, ${step}) AS s(d)${exists}`
}

export function intervalSql(count: number, unit: Grain): string {
  return unit === 'quarter' ? `INTERVAL '${count * 3} month'` : `INTERVAL '${count} ${unit}'`
}
