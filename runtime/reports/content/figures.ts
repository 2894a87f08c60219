import type { Manifest, Metric } from '../../compiler/index.ts'
import type { Grain, Widget } from '../../definitions/index.ts'
import type { QueryAnswer } from '../../semantic/index.ts'
import type { Chart, ChartSeries, Slice } from '../charts/index.ts'
import { bucketsOf, shortTime, toMillis, type WeekStart } from './calendar.ts'
import { formatValue, type ValueFormat } from './format-value.ts'
import type { Period } from './period.ts'

const MOST_SERIES = 6
const MOST_BARS = 12

export const formatting = (format: ValueFormat | null) => (value: number, axis?: boolean) =>
  formatValue(value, format, axis === true ? 'axis' : 'compact')

/** A metric to compare with. */
export interface ReferenceLine {
  readonly label: string
  readonly metric: string
  readonly answer: QueryAnswer
}

interface OverTime {
  readonly lines: readonly ReferenceLine[]
  readonly answer: QueryAnswer
  readonly by: string | undefined
  readonly grain: Grain
  readonly manifest: Manifest
  readonly range: Period
  readonly title: string
  readonly definition: Widget
}

/** Rows over time as series with a value, or none, for each bucket. */
export function timeFigure({ answer, by, definition, grain, lines, manifest, range, title }: OverTime): Chart {
  const buckets = bucketsOf(grain, range.from, range.to, manifest.project.weekStart)
  const metrics = answer.columns.filter(({ kind }) => kind === 'metric')
  const [first] = metrics
  const place = new Map(buckets.map((bucket, index) => [bucket, index]))
  const fill = (rows: QueryAnswer['rows'], name: string): (number | null)[] => {
    const additive = isAdditive(manifest, name)
    const values = buckets.map((): number | null => (additive ? 0 : null))
    for (const row of rows) {
      const [index, value] = [place.get(String(row.time)), row[name]]
      if (index === undefined || typeof value !== 'number') continue
      values[index] = additive ? (values[index] ?? 0) + value : value
    }
    return values
  }
  const series: ChartSeries[] =
    by === undefined || first === undefined
      ? metrics.map(({ label, name }) => ({ label, values: fill(answer.rows, name) }))
      : splitSeries(answer, by, first.name, isAdditive(manifest, first.name), (rows) => fill(rows, first.name))
  const references = constantsOf(definition).map(({ label, value }) => ({
    label,
    values: buckets.map(() => value),
    reference: true,
  }))
  const stacked = definition.type === 'area' || ('stacked' in definition && definition.stacked === true)
  return {
    kind: definition.type === 'bar' ? 'columns' : definition.type === 'area' ? 'area' : 'line',
    title,
    format: formatting(first?.format ?? null),
    times: buckets.map((bucket) => shortTime(bucket, grain)),
    stacked: stacked && by !== undefined,
    series: [
      ...series,
      ...lines.map((one) => ({ label: one.label, values: fill(one.answer.rows, one.metric), reference: true })),
      ...references,
    ],
  }
}

function splitSeries(
  { rows }: QueryAnswer,
  by: string,
  metric: string,
  additive: boolean,
  fill: (rows: QueryAnswer['rows']) => readonly (number | null)[],
): ChartSeries[] {
  const groups = groupBy(rows, by, metric)
  const shown = groups.slice(0, MOST_SERIES)
  const rest = groups.slice(MOST_SERIES)
  const series: ChartSeries[] = shown.map((group) => ({ label: group.label, values: fill(group.rows) }))
  if (rest.length === 0 || !additive) return series
  return [
    ...series,
    { label: `Other (${rest.length})`, values: fill(rest.flatMap((group) => group.rows)), other: true },
  ]
}

function constantsOf(definition: Widget): readonly { readonly label: string; readonly value: number }[] {
  const lines = 'reference' in definition ? (definition.reference ?? []) : []
  return lines.flatMap(({ label, value }) => (value === undefined ? [] : [{ label: label ?? 'Reference', value }]))
}

interface ByCategory {
  readonly answer: QueryAnswer
  readonly by: string | undefined
  readonly manifest: Manifest
  readonly title: string
  readonly kind: 'bars' | 'donut'
}

/** One bar or slice a value; without a dimension one a metric. */
export function categoryFigure({ answer, by, kind, manifest, title }: ByCategory): Chart | null {
  const metrics = answer.columns.filter((column) => column.kind === 'metric')
  const [first] = metrics
  if (first === undefined) return null
  const format = formatting(first.format)
  if (by === undefined) {
    const [row = {}] = answer.rows
    const slices = metrics.map(({ label, name }) => ({ label, value: Number(row[name] ?? 0) }))
    return { kind: 'bars', title, format, slices }
  }
  const groups = groupBy(answer.rows, by, first.name).filter(({ rows }) => rows.some((row) => row[first.name] !== null))
  const most = kind === 'donut' ? MOST_SERIES : MOST_BARS
  const rest = groups.slice(most)
  const slices: Slice[] = groups.slice(0, most).map(({ label, total }) => ({ label, value: total }))
  if (rest.length > 0 && isAdditive(manifest, first.name)) {
    slices.push({
      label: `Other (${rest.length})`,
      value: rest.reduce((sum, { total }) => sum + total, 0),
      other: true,
    })
  }
  return { kind, title, format, slices }
}

interface Axes {
  readonly x: string
  readonly y: string
}

/** Hour of day by day of week, or dimensions in the place of either. */
export function heatmapFigure(
  title: string,
  answer: QueryAnswer,
  { x: given, y: other }: { readonly x?: string; readonly y?: string },
  weekStart: WeekStart,
): Chart | null {
  const axes = { x: given ?? 'hour_of_day', y: other ?? 'day_of_week' }
  const metric = answer.columns.find(({ kind }) => kind === 'metric')
  const by = answer.columns.filter(({ kind }) => kind === 'dimension').map(({ name }) => name)
  if (metric === undefined) return null
  const cells = new Map<string, Map<string, number>>()
  const [columns, rows] = [new Set<string>(), new Set<string>()]
  for (const row of answer.rows) {
    const value = row[metric.name]
    if (typeof value !== 'number') continue
    const [x, y] = axesOf(row, axes, by)
    columns.add(x)
    rows.add(y)
    const line = cells.get(y) ?? new Map<string, number>()
    line.set(x, (line.get(x) ?? 0) + value)
    cells.set(y, line)
  }
  const names = stepsOf(axes.x, weekStart) ?? [...columns].sort()
  const lines = stepsOf(axes.y, weekStart) ?? [...rows].sort()
  const values = lines.map((y) => names.map((x) => cells.get(y)?.get(x) ?? null))
  return { kind: 'heatmap', title, format: formatting(metric.format), columns: names, rows: lines, values }
}

/** All steps of a part of the time; a dimension has the values that it has. */
function stepsOf(axis: string, weekStart: WeekStart): readonly string[] | undefined {
  if (axis === 'hour_of_day') return HOURS
  return axis === 'day_of_week' ? daysFrom(weekStart) : undefined
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour))
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const daysFrom = (weekStart: WeekStart) => (weekStart === 'sunday' ? DAYS : [...DAYS.slice(1), 'Sun'])

/** The values of a cell's axes: parts of the time, or dimensions. */
function axesOf(row: Readonly<Record<string, unknown>>, axes: Axes, by: readonly string[]): readonly [string, string] {
  const date = new Date(toMillis(String(row.time ?? '1970-01-01')))
  const dimensions = by.map((name) => labelOf(row[name]))
  const read = (axis: string) => {
    if (axis === 'hour_of_day') return String(date.getUTCHours())
    if (axis === 'day_of_week') return DAYS[date.getUTCDay()] ?? ''
    return dimensions.shift() ?? ''
  }
  const x = read(axes.x)
  return [x, read(axes.y)]
}

export function gaugeFigure(
  title: string,
  value: number | null,
  metric: Metric | undefined,
  { max, min, target }: { readonly max?: number; readonly min?: number; readonly target?: number },
): Chart {
  const top = max ?? (metric?.format.type === 'percent' ? 1 : Math.max(value ?? 0, target ?? 0) * 1.25 || 1)
  return {
    kind: 'gauge',
    title,
    format: formatting(metric?.format ?? null),
    value,
    min: min ?? 0,
    max: top,
    target: target ?? null,
    state: stateOf(value, metric),
  }
}

/** How a value stands against the thresholds of its metric. */
export function stateOf(value: number | null, metric: Metric | undefined): 'good' | 'warn' | 'bad' | null {
  if (value === null || metric === undefined || metric.thresholds === null || metric.direction === 'neutral')
    return null
  const { good, warn } = metric.thresholds
  const passes = (limit: number) => (metric.direction === 'up' ? value >= limit : value <= limit)
  return passes(good) ? 'good' : passes(warn) ? 'warn' : 'bad'
}

interface Group {
  readonly label: string
  readonly total: number
  readonly rows: QueryAnswer['rows']
}

/** Groups of rows by the value of a dimension, the biggest first. */
function groupBy(rows: QueryAnswer['rows'], by: string, metric: string): readonly Group[] {
  const groups = new Map<string, Record<string, unknown>[]>()
  for (const row of rows) {
    const label = labelOf(row[by])
    const group = groups.get(label)
    if (group === undefined) groups.set(label, [row])
    else group.push(row)
  }
  return [...groups]
    .map(([label, own]) => ({ label, rows: own, total: own.reduce((sum, row) => sum + Number(row[metric] ?? 0), 0) }))
    .sort((a, b) => b.total - a.total || a.label.localeCompare(b.label))
}

export const labelOf = (value: unknown) =>
  value === null || value === undefined || value === '' ? '(none)' : String(value)

function isAdditive({ metrics }: Manifest, name: string): boolean {
  const metric = metrics.find((item) => item.name === name)
  return metric?.type === 'simple' && (metric.agg === 'count' || metric.agg === 'sum')
}
