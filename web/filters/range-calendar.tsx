import { useState } from 'react'
import { addMonths, daysBetween } from '../format/calendar.ts'
import type { DateRange } from '../queries/date-range.ts'
import type { Project } from '../queries/project.ts'
import { MonthGrid } from './month-grid.tsx'

interface Props {
  readonly range: DateRange
  readonly project: Project
  readonly onRange: (range: DateRange) => void
}

/** A range by its first and last day, clicked or typed. */
export function RangeCalendar({ range, project, onRange }: Props) {
  const { today, weekStart, timezone } = project
  const [month, setMonth] = useState(addMonths(`${range.to.slice(0, 7)}-01`, -1))
  const [start, setStart] = useState<string | null>(null)
  const [hovered, setHovered] = useState<string | null>(null)
  const [typed, setTyped] = useState(range)
  const shown = start === null ? range : ordered(start, hovered ?? start)
  const choose = (day: string) => {
    if (start === null) return setStart(day)
    onRange(ordered(start, day))
  }
  const isFine = typed.from !== '' && typed.to !== '' && typed.from <= typed.to
  const months = { weekStart, today, range: shown, onDay: choose, onHover: setHovered }
  return (
    <div className="calendar">
      <div className="calendar-head">
        <button
          type="button"
          className="icon-button"
          aria-label="Earlier"
          onClick={() => setMonth(addMonths(month, -1))}
        >
          ‹
        </button>
        <span className="calendar-hint" aria-live="polite">
          {start === null ? 'Choose the first day' : 'Choose the last day'}
        </span>
        <button
          type="button"
          className="icon-button"
          aria-label="Later"
          disabled={addMonths(month, 2) > today}
          onClick={() => setMonth(addMonths(month, 1))}
        >
          ›
        </button>
      </div>
      <div className="calendar-months">
        <MonthGrid month={month} {...months} />
        <MonthGrid month={addMonths(month, 1)} {...months} />
      </div>
      <form
        className="calendar-typed"
        onSubmit={(event) => {
          event.preventDefault()
          if (isFine) onRange(typed)
        }}
      >
        <label>
          From
          <input
            type="date"
            value={typed.from}
            max={today}
            onChange={(event) => setTyped({ ...typed, from: event.target.value })}
          />
        </label>
        <label>
          To, inclusive
          <input
            type="date"
            value={typed.to}
            max={today}
            onChange={(event) => setTyped({ ...typed, to: event.target.value })}
          />
        </label>
        <button type="submit" className="button button-primary" disabled={!isFine}>
          Apply
        </button>
      </form>
      <p className="options-note">
        {isFine ? `${daysBetween(typed.from, typed.to) + 1} days in ${timezone}` : 'The first day is after the last.'}
      </p>
    </div>
  )
}

const ordered = (a: string, b: string): DateRange => (a <= b ? { from: a, to: b } : { from: b, to: a })
