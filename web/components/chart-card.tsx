import type { Widget } from '../../runtime/definitions/index.ts'
import { CategoryBars } from '../charts/category-bars.tsx'
import { DonutChart } from '../charts/donut-chart.tsx'
import { Gauge } from '../charts/gauge.tsx'
import { Heatmap } from '../charts/heatmap.tsx'
import { groupBy, MOST_SERIES, referenceValues, timeSeries } from '../charts/series.ts'
import { TimeChart } from '../charts/time-chart.tsx'
import type { Answer, Row } from '../queries/answers.ts'
import type { PageState } from '../queries/page-state.ts'
import type { MetricInfo, Project, WidgetInfo } from '../queries/project.ts'
import { useAnswers } from '../queries/use-answers.ts'
import { isTimed, type WidgetQueries, widgetQueries } from '../queries/widget-queries.ts'
import { colorsOf, OTHER_COLOR, seriesColor } from '../theme/series-color.ts'
import { Card } from './card.tsx'
import { DataTable } from './data-table.tsx'
import { Empty, Failure, Skeleton } from './states.tsx'

const HEIGHT = 220

interface Props {
  readonly widget: WidgetInfo
  readonly metrics: readonly MetricInfo[]
  readonly state: PageState
  readonly project: Project
}

/** A chart or table in its card, in every state it can have. */
export function ChartCard({ widget, metrics, state, project }: Props) {
  const asked = widgetQueries(widget, state, project)
  const { answers, loading, error, retry } = useAnswers(asked.queries)
  const rows = answers?.[0]?.rows ?? null
  const description = widget.definition.description ?? metrics[0]?.description
  return (
    <Card
      title={widget.title}
      description={description}
      width={widget.width}
      loading={loading && answers !== null}
      drill={widget.definition.drill}
    >
      {error !== null && <Failure error={error} retry={retry} height={HEIGHT} />}
      {error === null && rows === null && <Skeleton height={HEIGHT} />}
      {error === null && rows !== null && rows.length === 0 && (
        <Empty
          height={HEIGHT}
          metric={isTimed(widget.query, metrics) ? metrics[0]?.name : undefined}
          range={state.range}
        />
      )}
      {error === null && rows !== null && rows.length > 0 && (
        <Body widget={widget} answers={answers ?? []} asked={asked} metrics={metrics} project={project} />
      )}
    </Card>
  )
}

interface BodyProps {
  readonly widget: WidgetInfo
  readonly metrics: readonly MetricInfo[]
  readonly project: Project
  readonly answers: readonly Answer[]
  readonly asked: WidgetQueries
}

function Body(props: BodyProps) {
  const { widget, metrics, project, answers, asked } = props
  const { definition, title } = widget
  const rows = answers[0]?.rows ?? []
  const [metric] = metrics
  if (metric === undefined) return <DataTable rows={rows} metrics={metrics} project={project} grain={asked.grain} />
  const { format, additive } = metric
  if (isOverTime(definition) && asked.grain !== null) return <OverTimeBody {...props} definition={definition} />
  if (definition.type === 'donut') {
    const parts = partsOf(rows, metric, definition.by)
    return <DonutChart parts={parts} format={format} label={title} totalLabel="Total" />
  }
  if (definition.type === 'heatmap' && asked.grain === 'hour') {
    const { weekStart } = project
    const { name } = metric
    return <Heatmap rows={rows} metric={name} additive={additive} format={format} weekStart={weekStart} label={title} />
  }
  if (definition.type === 'gauge') {
    const { min = 0, max = 1, target } = definition
    const value = asNumber(rows[0]?.[metric.name])
    return <Gauge value={value} min={min} max={max} target={target} format={format} label={title} />
  }
  if (definition.type === 'funnel') return <CategoryBars bars={stepsOf(rows, metrics)} format={format} label={title} />
  if (definition.type === 'bar' && definition.by !== undefined) {
    return <CategoryBars bars={barsOf(rows, metric, definition.by, definition.limit)} format={format} label={title} />
  }
  return <DataTable rows={rows} metrics={metrics} project={project} grain={asked.grain} />
}

type OverTime = Extract<Widget, { type: 'line' | 'area' | 'bar' }>

function isOverTime(definition: Widget): definition is OverTime {
  return definition.type === 'line' || definition.type === 'area' || definition.type === 'bar'
}

function OverTimeBody({ widget, metrics, project, answers, asked, definition }: BodyProps & { definition: OverTime }) {
  const { range, grain, references } = asked
  const data = timeSeries({
    rows: answers[0]?.rows ?? [],
    metrics,
    by: definition.by,
    grain: grain ?? 'day',
    range,
    project,
  })
  const lines = (definition.reference ?? []).map(({ label, value, metric = '' }) => ({
    label: label ?? metric,
    values:
      value === undefined
        ? referenceValues(answers[references ?? 0]?.rows ?? [], metric, data.buckets)
        : data.buckets.map(() => value),
  }))
  return (
    <TimeChart
      kind={definition.type}
      data={data}
      references={lines}
      stacked={isStacked(definition, metrics)}
      label={widget.title}
      now={nowIn(project.timezone)}
    />
  )
}

/** Only what adds up can be stacked. */
function isStacked(definition: OverTime, metrics: readonly MetricInfo[]): boolean {
  if (definition.type === 'line' || !metrics.every(({ additive }) => additive)) return false
  return definition.stacked ?? (definition.type === 'area' || definition.by !== undefined)
}

function partsOf(rows: readonly Row[], metric: MetricInfo, by: string) {
  const groups = groupBy(rows, by, metric.name)
  const shown = groups.slice(0, MOST_SERIES)
  const colors = colorsOf(
    by,
    shown.map(({ value }) => value),
  )
  const parts = shown.map(({ value, total }) => ({
    key: value,
    label: value,
    color: colors.get(value) ?? OTHER_COLOR,
    value: total,
  }))
  const rest = groups.slice(MOST_SERIES)
  if (rest.length === 0) return parts
  const value = rest.reduce((sum, { total }) => sum + total, 0)
  return [...parts, { key: ' other', label: `Other (${rest.length})`, color: OTHER_COLOR, value }]
}

function barsOf(rows: readonly Row[], metric: MetricInfo, by: string, limit = 10) {
  return groupBy(rows, by, metric.name)
    .slice(0, limit)
    .map(({ value, rows: [row] }) => ({
      key: value,
      label: value,
      color: seriesColor(0),
      value: asNumber(row?.[metric.name]),
    }))
}

function stepsOf(rows: readonly Row[], metrics: readonly MetricInfo[]) {
  return metrics.map(({ name, label }) => ({
    key: name,
    label,
    color: seriesColor(0),
    value: asNumber(rows[0]?.[name]),
  }))
}

function asNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function nowIn(timeZone: string): string {
  return new Date().toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')
}
