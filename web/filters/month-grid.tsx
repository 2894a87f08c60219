import { addDays, addMonths, isWeekend } from '../format/calendar.ts'
import { formatDay } from '../format/time.ts'
import type { DateRange } from '../queries/date-range.ts'

interface Props {
  /** Any day of the month. */
  readonly month: string
  readonly weekStart: 'monday' | 'sunday'
  readonly range: DateRange | null
  readonly today: string
  readonly onDay: (day: string) => void
  readonly onHover: (day: string) => void
}

const TITLE = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const WEEKDAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa']

/** The days of a month; arrows move between them. */
export function MonthGrid({ month, weekStart, range, today, onDay, onHover }: Props) {
  const first = `${month.slice(0, 7)}-01`
  const shift = weekStart === 'monday' ? 1 : 0
  const weekday = new Date(`${first}T00:00:00Z`).getUTCDay()
  const blank = (weekday - shift + 7) % 7
  const next = addMonths(first, 1)
  const days: string[] = []
  for (let day = first; day < next; day = addDays(day, 1)) days.push(day)
  return (
    <div className="month">
      <div className="month-title">{TITLE.format(Date.parse(`${first}T00:00:00Z`))}</div>
      <div className="month-grid">
        {WEEKDAYS.map((_, index) => WEEKDAYS[(index + shift) % 7]).map((name) => (
          <span key={name} className="month-weekday" aria-hidden="true">
            {name}
          </span>
        ))}
        {days.map((day, index) => (
          <button
            key={day}
            type="button"
            className="day"
            style={index === 0 ? { gridColumnStart: blank + 1 } : undefined}
            disabled={day > today}
            data-today={day === today}
            data-weekend={isWeekend(day)}
            data-in={range !== null && day >= range.from && day <= range.to}
            data-end={range !== null && (day === range.from || day === range.to)}
            data-day={day}
            aria-label={formatDay(day)}
            aria-pressed={range !== null && day >= range.from && day <= range.to}
            onClick={() => onDay(day)}
            onPointerEnter={() => onHover(day)}
            onFocus={() => onHover(day)}
            onKeyDown={(event) => move(event, day)}
          >
            {Number(day.slice(8))}
          </button>
        ))}
      </div>
    </div>
  )
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

function move(event: React.KeyboardEvent<HTMLButtonElement>, day: string) {
  const step = STEPS[event.key]
  if (step === undefined) return
  event.preventDefault()
  const target = `[data-day="${addDays(day, step)}"]`
  event.currentTarget.closest('.calendar')?.querySelector<HTMLButtonElement>(target)?.focus()
}
