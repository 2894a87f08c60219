import type { Widget } from '../../runtime/definitions/index.ts'
import { CategoryBars } from '../charts/category-bars.tsx'
import { DonutChart } from '../charts/donut-chart.tsx'
import { groupBy, MOST_SERIES, timeSeries } from '../charts/series.ts'
import { TimeChart } from '../charts/time-chart.tsx'
import type { Row } from '../queries/answers.ts'
import type { PageState } from '../queries/page-state.ts'
import type { MetricInfo, Project, WidgetInfo } from '../queries/project.ts'
import { useAnswers } from '../queries/use-answers.ts'
import { widgetQueries } from '../queries/widget-queries.ts'
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
  const { queries, grain } = widgetQueries(widget, state)
  const { answers, loading, error, retry } = useAnswers(queries)
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
      {error === null && rows !== null && rows.length === 0 && <Empty height={HEIGHT} />}
      {error === null && rows !== null && rows.length > 0 && (
        <Body widget={widget} rows={rows} metrics={metrics} grain={grain} state={state} project={project} />
      )}
    </Card>
  )
}

type BodyProps = Props & { readonly rows: readonly Row[]; readonly grain: ReturnType<typeof widgetQueries>['grain'] }

function Body({ widget, rows, metrics, grain, state, project }: BodyProps) {
  const { definition, title } = widget
  const [metric] = metrics
  const by = 'by' in definition ? definition.by : undefined
  if (metric !== undefined && grain !== null && isOverTime(definition)) {
    const data = timeSeries({ rows, metrics, by, grain, range: state.range, project })
    const stacked = isStacked(definition, metrics)
    return (
      <TimeChart kind={definition.type} data={data} stacked={stacked} label={title} now={nowIn(project.timezone)} />
    )
  }
  if (metric !== undefined && definition.type === 'donut') {
    return (
      <DonutChart
        parts={partsOf(rows, metric, definition.by)}
        format={metric.format}
        label={title}
        totalLabel="Total"
      />
    )
  }
  if (metric !== undefined && definition.type === 'funnel') {
    const bars = metrics.map(({ name, label }, index) => ({
      key: name,
      label,
      color: seriesColor(0),
      value: asNumber(rows[0]?.[name]),
      index,
    }))
    return <CategoryBars bars={bars} format={metric.format} label={title} />
  }
  if (metric !== undefined && definition.type === 'bar' && by !== undefined) {
    return <CategoryBars bars={barsOf(rows, metric, by, definition.limit)} format={metric.format} label={title} />
  }
  return <DataTable rows={rows} metrics={metrics} project={project} grain={grain} />
}

type OverTime = Extract<Widget, { type: 'line' | 'area' | 'bar' }>

function isOverTime(definition: Widget): definition is OverTime {
  return definition.type === 'line' || definition.type === 'area' || definition.type === 'bar'
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

function asNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function nowIn(timeZone: string): string {
  return new Date().toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')
}
