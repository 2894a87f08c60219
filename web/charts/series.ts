import type { Grain } from '../../runtime/definitions/index.ts'
import { bucketsOf } from '../format/calendar.ts'
import type { MetricFormat } from '../format/value.ts'
import { looksOf, type ValueLooks } from '../format/value-looks.ts'
import type { Row } from '../queries/answers.ts'
import type { DateRange } from '../queries/date-range.ts'
import type { MetricInfo, Project } from '../queries/project.ts'
import { colorsOf, OTHER_COLOR, percentileColor, seriesColor } from '../theme/series-color.ts'

export interface Series {
  readonly key: string
  readonly label: string
  readonly color: string
  readonly format: MetricFormat
  readonly values: readonly (number | null)[]
}

export interface TimeSeries {
  readonly grain: Grain
  readonly buckets: readonly string[]
  readonly series: readonly Series[]
  /** Series that were left out, where they cannot be added up to "Other". */
  readonly hidden: number
}

/** A line to compare with. */
export interface Reference {
  readonly label: string
  readonly values: readonly (number | null)[]
  /** Set where it is a threshold. */
  readonly status?: 'good' | 'warn'
}

export const MOST_SERIES = 6

interface Question {
  readonly rows: readonly Row[]
  readonly metrics: readonly MetricInfo[]
  readonly by: string | undefined
  readonly grain: Grain
  readonly range: DateRange
  readonly project: Pick<Project, 'weekStart' | 'dimensions'>
}

/** Rows over time as series with a value, or null, for every bucket of the range. */
export function timeSeries({ rows, metrics, by, grain, range, project }: Question): TimeSeries {
  const buckets = bucketsOf(grain, range.from, range.to, project.weekStart)
  const place = new Map(buckets.map((bucket, index) => [bucket, index]))
  const first = metrics[0]
  if (by === undefined || first === undefined) {
    const related = metrics.length > 1 && metrics.filter(({ name }) => /_p\d+$/.test(name)).length >= metrics.length - 1
    const series = metrics.map((metric, index) => ({
      key: metric.name,
      label: metric.label,
      color: related ? percentileColor(index) : seriesColor(index),
      format: metric.format,
      values: fill(buckets.length, metric, rows, (row) => place.get(String(row.time)), metric.name),
    }))
    return { grain, buckets, series, hidden: 0 }
  }
  const looks = looksOf(by, project)
  return { grain, buckets, ...split(rows, first, by, looks, buckets.length, (row) => place.get(String(row.time))) }
}

function split(
  rows: readonly Row[],
  metric: MetricInfo,
  by: string,
  { textOf, statusOf, rankOf }: ValueLooks,
  length: number,
  placeOf: PlaceOf,
) {
  const groups = groupBy(rows, by, metric.name)
  const biggest = groups.slice(0, MOST_SERIES)
  // Levels stand in their order, whichever is the biggest today.
  const isLevels = biggest.some(({ value }) => statusOf(value) !== null)
  const shown = isLevels ? biggest.sort((a, b) => rankOf(a.value) - rankOf(b.value)) : biggest
  const rest = groups.slice(shown.length)
  const colors = colorsOf(
    by,
    shown.map(({ value }) => value),
    statusOf,
  )
  const series: Series[] = shown.map(({ value, rows: part }) => ({
    key: value,
    label: textOf(part[0]?.[by]),
    color: colors.get(value) ?? OTHER_COLOR,
    format: metric.format,
    values: fill(length, metric, part, placeOf, metric.name),
  }))
  if (rest.length > 0 && metric.additive) {
    const others = rest.flatMap((group) => group.rows)
    const values = fill(length, metric, others, placeOf, metric.name)
    series.push({ key: ' other', label: `Other (${rest.length})`, color: OTHER_COLOR, format: metric.format, values })
  }
  return { series, hidden: metric.additive ? 0 : rest.length }
}

/** Groups of rows by the value of a dimension, the biggest first. */
export function groupBy(rows: readonly Row[], by: string, metric: string) {
  const groups = new Map<string, { value: string; total: number; rows: Row[] }>()
  for (const row of rows) {
    const value = keyOf(row[by])
    const group = groups.get(value) ?? { value, total: 0, rows: [] }
    group.rows.push(row)
    group.total += Number(row[metric] ?? 0)
    groups.set(value, group)
  }
  return [...groups.values()].sort((a, b) => b.total - a.total || a.value.localeCompare(b.value))
}

/** What a value is told from others by; how it is written is another question. */
export function keyOf(value: unknown): string {
  return value === null || value === undefined || value === '' ? '(none)' : String(value)
}

type PlaceOf = (row: Row) => number | undefined

/** Nothing is zero for what adds up, and unknown for anything else. */
function fill(length: number, metric: MetricInfo, rows: readonly Row[], placeOf: PlaceOf, key: string) {
  const values = new Array<number | null>(length).fill(metric.additive ? 0 : null)
  for (const row of rows) {
    const index = placeOf(row)
    const value = row[key]
    if (index === undefined || typeof value !== 'number') continue
    values[index] = metric.additive ? (values[index] ?? 0) + value : value
  }
  return values
}

/** One value for every bucket, of a metric that is shown beside the series. */
export function referenceValues(rows: readonly Row[], metric: string, buckets: readonly string[]) {
  const byTime = new Map(rows.map((row) => [String(row.time), row[metric]]))
  return buckets.map((bucket) => {
    const value = byTime.get(bucket)
    return typeof value === 'number' ? value : null
  })
}
