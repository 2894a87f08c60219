import { toMillis } from '../format/calendar.ts'
import { formatValue, type MetricFormat } from '../format/value.ts'
import type { Row } from '../queries/answers.ts'

interface Props {
  readonly rows: readonly Row[]
  readonly metric: string
  readonly additive: boolean
  readonly format: MetricFormat
  readonly weekStart: 'monday' | 'sunday'
  readonly label: string
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const STEPS = 9

/** Hours of the day by days of the week; the darker, the more. */
export function Heatmap({ rows, metric, additive, format, weekStart, label }: Props) {
  const days = weekStart === 'monday' ? [1, 2, 3, 4, 5, 6, 0] : [0, 1, 2, 3, 4, 5, 6]
  const cells = cellsOf(rows, metric, additive)
  const most = Math.max(0, ...cells.values())
  return (
    <div className="heatmap" role="img" aria-label={label}>
      {days.map((day) => (
        <div key={day} className="heatmap-row">
          <span className="heatmap-label">{DAYS[day]}</span>
          {Array.from({ length: 24 }, (_, hour) => {
            const value = cells.get(day * 24 + hour)
            const step = value === undefined || most === 0 ? 0 : Math.ceil((value / most) * STEPS)
            const title = `${DAYS[day]} ${String(hour).padStart(2, '0')}:00 · ${formatValue(value ?? null, format, 'exact')}`
            // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place in the day.
            return <span key={hour} className="heatmap-cell" data-step={step} title={title} />
          })}
        </div>
      ))}
      <div className="heatmap-row">
        <span className="heatmap-label" />
        {[0, 6, 12, 18].map((hour) => (
          <span key={hour} className="heatmap-hour">
            {String(hour).padStart(2, '0')}:00
          </span>
        ))}
      </div>
    </div>
  )
}

/** Sums of what adds up, means of anything else. */
function cellsOf(rows: readonly Row[], metric: string, additive: boolean): ReadonlyMap<number, number> {
  const sums = new Map<number, { sum: number; count: number }>()
  for (const row of rows) {
    const value = row[metric]
    if (typeof value !== 'number' || typeof row.time !== 'string') continue
    const date = new Date(toMillis(row.time))
    const place = date.getUTCDay() * 24 + date.getUTCHours()
    const { sum, count } = sums.get(place) ?? { sum: 0, count: 0 }
    sums.set(place, { sum: sum + value, count: count + 1 })
  }
  return new Map([...sums].map(([place, { sum, count }]) => [place, additive ? sum : sum / count]))
}
