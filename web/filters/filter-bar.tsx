import type { ReactNode } from 'react'
import { filtersOf, valueText } from '../queries/filters.ts'
import { COMPARES, type Defaults, navigate, type PageState, searchOf, withFilter } from '../queries/page-state.ts'
import type { Compare, Project } from '../queries/project.ts'
import { DatePicker } from './date-picker.tsx'
import { Toggle } from './toggle.tsx'
import { UnitTree } from './unit-tree.tsx'
import { ValueList } from './value-list.tsx'

interface Props {
  readonly page: Defaults
  readonly state: PageState
  readonly project: Project
  /** Metrics of the page. */
  readonly metrics: readonly string[]
  /** False where nothing on the page has a time. */
  readonly timed: boolean
  /** Whether there is anything to compare. */
  readonly compared?: boolean
  /** Keys of the address that are the page's own. */
  readonly extra?: Readonly<Record<string, string | undefined>>
  readonly children?: ReactNode
}

const COMPARE_LABELS: Readonly<Record<Compare, string>> = {
  previous_period: 'vs previous period',
  previous_year: 'vs previous year',
  none: 'No comparison',
}

/** The time, the comparison and the filters of a page. All of it stands in the address. */
export function FilterBar({ page, state, project, metrics, timed, compared = true, extra = {}, children }: Props) {
  const offered = filtersOf({ filters: page.filters ?? [] }, project)
  const hrefOf = (change: Partial<PageState>) => `${location.pathname}${searchOf({ ...state, ...change }, page, extra)}`
  const change = (next: Partial<PageState>) => navigate(hrefOf(next))
  const valuesOf = (name: string) => state.filters.find(({ filter }) => filter.name === name)?.values ?? []
  return (
    <section className="filter-bar" aria-label="Filters">
      <div className="filter-row">
        {timed && <DatePicker state={state} project={project} hrefOf={hrefOf} onChange={change} />}
        {timed && compared && (
          <label className="select">
            <span className="sr-only">Compare</span>
            <select
              value={state.compare}
              onChange={(event) => change({ compare: COMPARES.find((name) => name === event.target.value) ?? 'none' })}
            >
              {COMPARES.map((name) => (
                <option key={name} value={name}>
                  {COMPARE_LABELS[name]}
                </option>
              ))}
            </select>
          </label>
        )}
        {offered.map((filter) => {
          const onChange = (values: readonly string[]) => change(withFilter(state, filter, values))
          const props = { filter, values: valuesOf(filter.name), onChange, state, project, metrics }
          if (filter.kind === 'toggle') return <Toggle key={filter.name} {...props} />
          if (filter.kind === 'tree') return <UnitTree key={filter.name} {...props} />
          return <ValueList key={filter.name} {...props} />
        })}
        {children}
      </div>
      {state.filters.length > 0 && <Chips state={state} project={project} change={change} />}
    </section>
  )
}

interface ChipsProps {
  readonly state: PageState
  readonly project: Project
  readonly change: (next: Partial<PageState>) => void
}

/** What is filtered, each taken away by a click. */
function Chips({ state, project, change }: ChipsProps) {
  return (
    <ul className="chips" aria-label="Active filters">
      {state.filters.map((item) => (
        <li key={item.filter.name}>
          <button
            type="button"
            className="chip"
            onClick={() => change(withFilter(state, item.filter, []))}
            aria-label={`Remove filter ${item.filter.label}: ${valueText(item, project)}`}
          >
            <span>{item.filter.label}:</span> {valueText(item, project)}
            <span aria-hidden="true"> ✕</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="link-button" onClick={() => change({ filters: [] })}>
          Reset filters
        </button>
      </li>
    </ul>
  )
}
