import { useState } from 'react'
import { WidgetView } from '../components/widget.tsx'
import { readState } from '../queries/page-state.ts'
import type { Project, WidgetInfo } from '../queries/project.ts'
import type { EntryDetails } from './catalogue-queries.ts'

interface Props {
  readonly entry: EntryDetails
  readonly project: Project
  readonly search: string
}

const PAGE = { range: '30d', compare: 'none' } as const

/** The metric over time as it is now, by one of its dimensions where somebody chooses one. */
export function LiveChart({ entry, project, search }: Props) {
  const [by, setBy] = useState('')
  const metric = project.metrics.find(({ name }) => name === entry.name)
  if (metric === undefined) return null
  const dimensions = project.dimensions.filter(
    ({ name, type }) => type !== 'time' && entry.dimensions?.includes(name) === true,
  )
  return (
    <div className="catalogue-chart" data-wide={false}>
      <WidgetView
        key={by}
        widget={widgetOf(entry, metric.timed, by)}
        state={readState(search, PAGE, project)}
        project={project}
        menu={
          metric.timed && dimensions.length > 0 ? (
            <select
              className="catalogue-by"
              aria-label="Group by"
              value={by}
              onChange={(event) => setBy(event.target.value)}
            >
              <option value="">All together</option>
              {dimensions.map(({ name, label }) => (
                <option key={name} value={name}>
                  By {label}
                </option>
              ))}
            </select>
          ) : undefined
        }
      />
    </div>
  )
}

function widgetOf({ name, label }: EntryDetails, timed: boolean, by: string): WidgetInfo {
  const base = { id: `catalogue ${name}`, title: timed ? `${label}, last 30 days` : label, width: 12 }
  if (!timed) return { ...base, definition: { type: 'kpi', metric: name }, query: { metrics: [name] } }
  return {
    ...base,
    definition: { type: 'line', metrics: [name], grain: 'day', ...(by !== '' && { by }) },
    query: { metrics: [name], grain: 'day', ...(by !== '' && { by: [by] }) },
  }
}
