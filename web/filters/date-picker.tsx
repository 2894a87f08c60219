import { Link } from '../components/link.tsx'
import { Popover } from '../components/popover.tsx'
import { formatDay } from '../format/time.ts'
import { PRESETS } from '../queries/date-range.ts'
import type { PageState } from '../queries/page-state.ts'
import type { Project } from '../queries/project.ts'
import { RangeCalendar } from './range-calendar.tsx'

interface Props {
  readonly state: PageState
  readonly project: Project
  readonly hrefOf: (change: Partial<PageState>) => string
  readonly onChange: (change: Partial<PageState>) => void
}

/** The range of the page: relative to today, or from day to day. */
export function DatePicker({ state, project, hrefOf, onChange }: Props) {
  const { range, preset } = state
  const text = range.from === range.to ? formatDay(range.from) : `${formatDay(range.from)} – ${formatDay(range.to)}`
  return (
    <div className="date-picker">
      <nav className="presets" aria-label="Date range">
        {PRESETS.map(({ name, label, long }) => (
          <Link key={name} className="preset" href={hrefOf({ preset: name })} current={preset === name} title={long}>
            {label}
          </Link>
        ))}
      </nav>
      <Popover
        name={`Custom range, now ${text}`}
        className={`button${preset === null ? ' filter-active' : ''}`}
        label={
          <>
            <span className="sr-only">Custom range: </span>
            {text}
            <span className="caret" aria-hidden="true" />
          </>
        }
      >
        {(close) => (
          <RangeCalendar
            range={range}
            project={project}
            onRange={(next) => {
              onChange({ preset: null, range: next })
              close()
            }}
          />
        )}
      </Popover>
    </div>
  )
}
