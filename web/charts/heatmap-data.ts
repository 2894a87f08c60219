import { toMillis } from '../format/calendar.ts'
import type { ValueLooks } from '../format/value-looks.ts'
import type { Row } from '../queries/answers.ts'
import { keyOf } from './series.ts'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)
const MOST = 30

/** A grid of figures. */
export interface HeatmapData {
  readonly columns: readonly Tick[]
  readonly rows: readonly Tick[]
  /** Values by row, then by column. */
  readonly cells: readonly (readonly (number | null)[])[]
}

/** A value along an axis, and how it is written. */
export interface Tick {
  readonly key: string
  readonly label: string
}

interface Question {
  readonly rows: readonly Row[]
  readonly metric: string
  readonly additive: boolean
  readonly x: string
  readonly y: string
  readonly weekStart: 'monday' | 'sunday'
  readonly looks: (dimension: string) => ValueLooks
}

/** Rows as a grid; hours and weekdays are read off the time, which is in the time zone of the project. */
export function heatmapData({ rows, metric, additive, x, y, weekStart, looks }: Question): HeatmapData {
  const columns = axisOf(rows, x, weekStart, metric, looks)
  const lines = axisOf(rows, y, weekStart, metric, looks)
  const sums = new Map<string, { sum: number; count: number }>()
  for (const row of rows) {
    const value = row[metric]
    if (typeof value !== 'number') continue
    const key = `${placeOf(row, y)}\n${placeOf(row, x)}`
    const { sum, count } = sums.get(key) ?? { sum: 0, count: 0 }
    sums.set(key, { sum: sum + value, count: count + 1 })
  }
  // Sums of what adds up, means of anything else.
  const cells = lines.map((line) =>
    columns.map((column) => {
      const cell = sums.get(`${line.key}\n${column.key}`)
      return cell === undefined ? null : additive ? cell.sum : cell.sum / cell.count
    }),
  )
  return { columns, rows: lines, cells }
}

function axisOf(
  rows: readonly Row[],
  name: string,
  weekStart: 'monday' | 'sunday',
  metric: string,
  looks: Question['looks'],
): readonly Tick[] {
  if (name === 'hour_of_day') return HOURS.map(plain)
  if (name === 'day_of_week') return (weekStart === 'monday' ? [...DAYS.slice(1), 'Sun'] : DAYS).map(plain)
  const { textOf, rankOf } = looks(name)
  const totals = new Map<string, { readonly value: Row[string]; readonly total: number }>()
  for (const row of rows) {
    const key = keyOf(row[name])
    totals.set(key, { value: row[name] ?? null, total: (totals.get(key)?.total ?? 0) + Number(row[metric] ?? 0) })
  }
  // Values that were declared stand in that order: small, medium, large.
  return [...totals]
    .sort(([, a], [, b]) => b.total - a.total)
    .slice(0, MOST)
    .sort(([, a], [, b]) => rankOf(a.value) - rankOf(b.value))
    .map(([key, { value }]) => ({ key, label: textOf(value) }))
}

const plain = (label: string): Tick => ({ key: label, label })

function placeOf(row: Row, name: string): string {
  if (name !== 'hour_of_day' && name !== 'day_of_week') return keyOf(row[name])
  const date = new Date(toMillis(String(row.time)))
  return (name === 'hour_of_day' ? HOURS[date.getUTCHours()] : DAYS[date.getUTCDay()]) ?? ''
}
