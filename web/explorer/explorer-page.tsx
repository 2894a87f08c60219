import { useEffect, useState } from 'react'
import { WidgetView } from '../components/widget.tsx'
import { FilterBar } from '../filters/filter-bar.tsx'
import type { PageProps } from '../pages/page-table.ts'
import { navigate, readState, searchOf } from '../queries/page-state.ts'
import type { DashboardInfo } from '../queries/project.ts'
import { isTimed } from '../queries/widget-queries.ts'
import { WidgetMenu } from '../widget-menu/widget-menu.tsx'
import { Picker } from './picker.tsx'
import {
  CHARTS,
  chartRefusal,
  commonDimensions,
  GRAINS,
  keysOf,
  type Question,
  readQuestion,
  refusal,
  widgetOf,
} from './question.ts'
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
  const widget = widgetOf(question, project)
  const change = (part: Partial<Question>) =>
    navigate(`/explore${searchOf(state, PAGE, keysOf({ ...question, ...part }))}`)
  useEffect(() => {
    document.title = `Explore · ${project.name}`
  }, [project])
  return (
    <main className="page" id="content">
      <header className="page-header">
        <h1>Explore</h1>
      </header>
      <FilterBar
        page={PAGE}
        state={state}
        project={project}
        metrics={question.metrics}
        timed={isTimed(widget.query, project.metrics)}
        extra={keysOf(question)}
      />
      <div className="explorer">
        <div className="explorer-side">
          <Picker
            title="Metrics"
            items={project.metrics.map((metric) => ({
              name: metric.name,
              label: metric.label,
              text: metric.description,
              group: metric.category ?? 'Other',
              refusal: refusal(metric, chosen, question.by),
            }))}
            chosen={question.metrics}
            onChange={(metrics) => change({ metrics })}
          />
          <Picker
            title="Dimensions"
            items={project.dimensions.map(({ name, label, description }) => ({
              name,
              label,
              text: description,
              group: name.split('.')[0] ?? '',
              refusal: offered.includes(name) ? null : 'the chosen metrics do not share it',
            }))}
            chosen={question.by.map((name) => offered.find((full) => full.endsWith(`.${name}`)) ?? name)}
            onChange={(by) => change({ by })}
          />
        </div>
        <div className="explorer-main">
          <div className="explorer-options">
            <label>
              Grain{' '}
              <select
                value={question.grain ?? ''}
                onChange={({ target }) => change({ grain: GRAINS.find((grain) => grain === target.value) ?? null })}
              >
                <option value="">In all</option>
                {GRAINS.map((grain) => (
                  <option key={grain}>{grain}</option>
                ))}
              </select>
            </label>
            <label>
              Chart{' '}
              <select
                value={widget.definition.type}
                onChange={({ target }) => change({ type: CHARTS.find((type) => type === target.value) ?? null })}
              >
                {CHARTS.map((type) => {
                  const reason = chartRefusal(type, question)
                  return (
                    <option key={type} value={type} disabled={reason !== null}>
                      {reason === null ? type : `${type} (needs ${reason})`}
                    </option>
                  )
                })}
              </select>
            </label>
            <Where value={question.where} onChange={(where) => change({ where })} key={question.where} />
            <label>
              Limit{' '}
              <input
                type="number"
                min="1"
                value={question.limit ?? ''}
                onChange={({ target }) => change({ limit: Number(target.value) || null })}
              />
            </label>
          </div>
          {unknown.length > 0 && <p role="alert">There is no metric {unknown.join(', ')} that you may see.</p>}
          {chosen.length === 0 || unknown.length > 0 ? (
            <p className="state-text">Pick a metric to begin. Only what fits together can be chosen.</p>
          ) : (
            <div className="grid">
              <WidgetView
                key={widget.definition.type}
                widget={widget}
                state={state}
                project={project}
                menu={<WidgetMenu widget={widget} dashboard={PAGE} state={state} project={project} />}
              />
            </div>
          )}
        </div>
      </div>
    </main>
  )
}

function Where({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const [text, setText] = useState(value)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onChange(text.trim())
      }}
    >
      <label>
        Where{' '}
        <input
          value={text}
          placeholder="{status} = 'failed'"
          onChange={({ target }) => setText(target.value)}
          onBlur={() => text.trim() !== value && onChange(text.trim())}
        />
      </label>
    </form>
  )
}
