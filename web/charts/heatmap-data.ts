import { toMillis } from '../format/calendar.ts'
import type { Row } from '../queries/answers.ts'
import type { HeatmapData } from './heatmap.tsx'
import { labelOf } from './series.ts'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)
const MOST = 30

interface Question {
  readonly rows: readonly Row[]
  readonly metric: string
  readonly additive: boolean
  readonly x: string
  readonly y: string
  readonly weekStart: 'monday' | 'sunday'
}

/** Rows as a grid; hours and weekdays are read off the time, which is in the time zone of the project. */
export function heatmapData({ rows, metric, additive, x, y, weekStart }: Question): HeatmapData {
  const columns = axisOf(rows, x, weekStart, metric)
  const lines = axisOf(rows, y, weekStart, metric)
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
      const cell = sums.get(`${line}\n${column}`)
      return cell === undefined ? null : additive ? cell.sum : cell.sum / cell.count
    }),
  )
  return { columns, rows: lines, cells }
}

function axisOf(rows: readonly Row[], name: string, weekStart: 'monday' | 'sunday', metric: string): readonly string[] {
  if (name === 'hour_of_day') return HOURS
  if (name === 'day_of_week') return weekStart === 'monday' ? [...DAYS.slice(1), 'Sun'] : DAYS
  const totals = new Map<string, number>()
  for (const row of rows) {
    const value = labelOf(row[name])
    totals.set(value, (totals.get(value) ?? 0) + Number(row[metric] ?? 0))
  }
  return [...totals]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST)
    .map(([value]) => value)
}

function placeOf(row: Row, name: string): string {
  if (name !== 'hour_of_day' && name !== 'day_of_week') return labelOf(row[name])
  const date = new Date(toMillis(String(row.time)))
  return (name === 'hour_of_day' ? HOURS[date.getUTCHours()] : DAYS[date.getUTCDay()]) ?? ''
}
