import { formatDay } from '../format/time.ts'
import { PRESETS } from '../queries/date-range.ts'
import { navigate, type PageState, searchOf } from '../queries/page-state.ts'
import type { Compare, DashboardInfo, Project } from '../queries/project.ts'
import { Link } from './link.tsx'

interface Props {
  readonly dashboard: DashboardInfo
  readonly state: PageState
  readonly project: Project
}

const COMPARES: readonly { readonly name: Compare; readonly label: string }[] = [
  { name: 'previous_period', label: 'vs prior period' },
  { name: 'previous_year', label: 'vs last year' },
  { name: 'none', label: 'no comparison' },
]

/** The range of the page and what it is compared with. All of it stands in the address. */
export function Toolbar({ dashboard, state, project }: Props) {
  const to = (change: Partial<PageState>) => `${location.pathname}${searchOf({ ...state, ...change }, dashboard)}`
  const day = (which: 'from' | 'to') => (event: React.ChangeEvent<HTMLInputElement>) => {
    const range = { ...state.range, [which]: event.target.value }
    if (range.from !== '' && range.to !== '' && range.from <= range.to) navigate(to({ preset: null, range }))
  }
  return (
    <div className="toolbar">
      <nav className="presets" aria-label="Date range">
        {PRESETS.map(({ name, label }) => (
          <Link key={name} className="preset" href={to({ preset: name })} current={state.preset === name}>
            {label}
          </Link>
        ))}
      </nav>
      <details className="menu">
        <summary className="button">
          {formatDay(state.range.from)} – {formatDay(state.range.to)}
        </summary>
        <div className="menu-panel">
          <label>
            From
            <input
              type="date"
              defaultValue={state.range.from}
              max={project.today}
              onChange={day('from')}
              key={state.range.from}
            />
          </label>
          <label>
            To, inclusive
            <input
              type="date"
              defaultValue={state.range.to}
              max={project.today}
              onChange={day('to')}
              key={state.range.to}
            />
          </label>
          <p className="menu-note">Days in {project.timezone}</p>
        </div>
      </details>
      <label className="select">
        <span className="sr-only">Compare</span>
        <select value={state.compare} onChange={(event) => navigate(to({ compare: compareOf(event.target.value) }))}>
          {COMPARES.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

function compareOf(value: string): Compare {
  return COMPARES.find(({ name }) => name === value)?.name ?? 'previous_period'
}
