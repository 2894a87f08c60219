import { useEffect, useState } from 'react'
import { WidgetView } from '../components/widget.tsx'
import { FilterBar } from '../filters/filter-bar.tsx'
import type { PageProps } from '../pages/page-table.ts'
import { navigate, readState, searchOf } from '../queries/page-state.ts'
import type { DashboardInfo } from '../queries/project.ts'
import { isTimed } from '../queries/widget-queries.ts'
import { WidgetMenu } from '../widget-menu/widget-menu.tsx'
import { ChartChoice } from './chart-choice.tsx'
import { fullName, suggestedType } from './chart-fit.ts'
import { ExplorerActions } from './explorer-actions.tsx'
import { GrainField } from './grain-field.tsx'
import { Picker } from './picker.tsx'
import { dimensionItems, metricItems } from './picker-items.ts'
import { CHARTS, commonDimensions, drawnWidget, formOf, keysOf, type Question, readQuestion } from './question.ts'
import { WhereField } from './where-field.tsx'
import { asType } from './widget-form.ts'
import './chart-choice.css'
import './explorer.css'

const PAGE: DashboardInfo = {
  name: 'explore',
  title: 'Explore',
  path: '/explore',
  description: '',
  icon: 'explore',
  range: '30d',
  compare: 'none',
  filters: [],
  annotations: [],
  rows: [],
}

/** Asks any question that the metrics can answer. */
export function ExplorerPage({ project, search }: PageProps) {
  const question = readQuestion(search)
  const state = readState(search, PAGE, project)
  const chosen = project.metrics.filter(({ name }) => question.metrics.includes(name))
  const unknown = question.metrics.filter((name) => !chosen.some((metric) => metric.name === name))
  const offered = commonDimensions(chosen)
  const form = formOf(question, project)
  const widget = drawnWidget(form, project, 'explorer')
  const change = (part: Partial<Question>) =>
    navigate(`/explore${searchOf(state, PAGE, keysOf({ ...question, ...part }))}`)
  const isAsked = chosen.length > 0 && unknown.length === 0
  useEffect(() => {
    document.title = `Explore · ${project.name}`
  }, [project])
  return (
    <main className="page" id="content">
      <header className="page-header">
        <div>
          <h1>Explore</h1>
          <p className="page-description">Ask any question that the metrics can answer. The address is the question.</p>
        </div>
        {isAsked && <ExplorerActions {...{ form, widget, state, project, dashboard: PAGE }} />}
      </header>
      <FilterBar
        {...{ page: PAGE, state, project, metrics: question.metrics, extra: keysOf(question) }}
        timed={isTimed(widget.query, project.metrics)}
      />
      <div className="explorer">
        <div className="explorer-side">
          <Picker
            title="Metrics"
            items={metricItems(project, chosen, question.by)}
            chosen={question.metrics}
            onChange={(metrics) => change({ metrics })}
          />
          <Picker
            title="Dimensions"
            items={dimensionItems(project, chosen)}
            chosen={question.by.map((name) => fullName(name, offered))}
            onChange={(by) => change({ by })}
          />
        </div>
        <div className="explorer-main">
          {unknown.length > 0 && <p role="alert">There is no metric {unknown.join(', ')} that you may see.</p>}
          {!isAsked && <Beginning project={project} onPick={(metric) => change({ metrics: [metric] })} />}
          {isAsked && (
            <>
              <ChartChoice
                {...{ types: CHARTS, asked: question, project, chosen: form.type }}
                suggested={suggestedType(question, project)}
                onChange={(type) => change({ type, grain: asType(form, type).grain })}
              />
              <div className="explorer-options">
                {chosen.every(({ timed }) => timed) && (
                  <GrainField value={question.grain} isOptional onChange={(grain) => change({ grain, type: null })} />
                )}
                <label>
                  At most
                  <input
                    type="number"
                    min="1"
                    placeholder="all"
                    value={question.limit ?? ''}
                    onChange={({ target }) => change({ limit: Number(target.value) || null })}
                  />
                </label>
                <WhereField
                  {...{ project, state, offered, metrics: question.metrics, value: question.where }}
                  onChange={(where) => change({ where })}
                />
              </div>
              <div className="grid">
                <WidgetView
                  key={form.type}
                  {...{ widget, state, project }}
                  menu={<WidgetMenu {...{ widget, dashboard: PAGE, state, project }} />}
                />
                {form.type !== 'table' && (
                  <WidgetView
                    {...{ state, project }}
                    widget={drawnWidget({ ...form, type: 'table', title: 'All figures' }, project, 'explorer_table')}
                  />
                )}
              </div>
            </>
          )}
        </div>
      </div>
    </main>
  )
}

interface BeginningProps extends Pick<PageProps, 'project'> {
  readonly onPick: (metric: string) => void
}

/** Where nothing is asked yet: how to begin, with metrics that the project shows first. */
function Beginning({ project, onPick }: BeginningProps) {
  const [first] = useState(() => [
    ...new Set(
      project.dashboards.flatMap(({ rows }) => rows.flatMap(({ widgets }) => widgets[0]?.query?.metrics?.[0] ?? [])),
    ),
  ])
  const metrics = first.flatMap((name) => project.metrics.find((metric) => metric.name === name) ?? []).slice(0, 8)
  return (
    <div className="explorer-begin">
      <p className="state-title">Pick a metric to begin</p>
      <p className="state-text">
        Then group it, filter it, and choose how to draw it. Only what fits together can be chosen.
      </p>
      <p className="explorer-first">
        {metrics.map(({ name, label }) => (
          <button key={name} type="button" className="button" onClick={() => onPick(name)}>
            {label}
          </button>
        ))}
      </p>
    </div>
  )
}
