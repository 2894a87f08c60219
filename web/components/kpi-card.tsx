import { timeSeries } from '../charts/series.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import { formatDay } from '../format/time.ts'
import { formatChange, formatValue } from '../format/value.ts'
import { comparedRange } from '../queries/date-range.ts'
import type { PageState } from '../queries/page-state.ts'
import type { MetricInfo, Project, WidgetInfo } from '../queries/project.ts'
import { useAnswers } from '../queries/use-answers.ts'
import { widgetQueries } from '../queries/widget-queries.ts'
import { Card } from './card.tsx'
import { Failure, Skeleton } from './states.tsx'

interface Props {
  readonly widget: WidgetInfo
  readonly metric: MetricInfo
  readonly state: PageState
  readonly project: Project
}

/** One number, how it changed, and its trend. */
export function KpiCard({ widget, metric, state, project }: Props) {
  const { queries, compared, trend, grain } = widgetQueries(widget, state, project)
  const { answers, loading, error, retry } = useAnswers(queries)
  const numberIn = (index: number | null) =>
    index === null ? null : asNumber(answers?.[index]?.rows[0]?.[metric.name])
  const value = numberIn(0)
  const points =
    trend === null || grain === null || !answers?.[trend]
      ? null
      : timeSeries({ rows: answers[trend].rows, metrics: [metric], by: undefined, grain, range: state.range, project })
  return (
    <Card
      kind="kpi"
      title={widget.title}
      description={metric.description}
      width={widget.width}
      loading={loading && answers !== null}
      drill={widget.definition.drill}
    >
      {error !== null && <Failure error={error} retry={retry} height={64} />}
      {answers === null && error === null && <Skeleton height={64} />}
      {answers !== null && error === null && (
        <div className="kpi">
          <div
            className="kpi-value"
            data-status={statusOf(value, metric)}
            title={formatValue(value, metric.format, 'exact')}
          >
            {formatValue(value, metric.format)}
          </div>
          {points !== null && <Sparkline values={points.series[0]?.values ?? []} label={`Trend of ${widget.title}`} />}
          {compared !== null && <Delta now={value} before={numberIn(compared)} metric={metric} state={state} />}
        </div>
      )}
    </Card>
  )
}

function Delta({
  now,
  before,
  metric,
  state,
}: {
  now: number | null
  before: number | null
  metric: MetricInfo
  state: PageState
}) {
  const change = now === null || before === null ? null : formatChange(now, before, metric.format)
  const range = comparedRange(state.range, state.compare)
  const versus = state.compare === 'previous_year' ? 'vs last year' : 'vs prior period'
  if (change === null || now === null || before === null || range === null) {
    return <div className="delta">no earlier data</div>
  }
  const title = `${formatValue(before, metric.format, 'exact')} from ${formatDay(range.from)} to ${formatDay(range.to)}`
  return (
    <div className="delta" title={title}>
      <span className="delta-change" data-mood={moodOf(now - before, metric)}>
        <span aria-hidden="true">{now > before ? '▲' : now < before ? '▼' : '■'}</span> {change.replace(/^[+−]/, '')}
        <span className="sr-only">{now > before ? ' up' : now < before ? ' down' : ' unchanged'}</span>
      </span>{' '}
      {versus}
    </div>
  )
}

function moodOf(difference: number, { direction }: MetricInfo): 'good' | 'bad' | 'neutral' {
  if (difference === 0 || direction === 'neutral') return 'neutral'
  return difference > 0 === (direction === 'up') ? 'good' : 'bad'
}

function statusOf(value: number | null, { thresholds, direction }: MetricInfo): 'good' | 'warn' | 'bad' | undefined {
  if (value === null || thresholds === null || direction === 'neutral') return undefined
  const sign = direction === 'up' ? 1 : -1
  if (value * sign >= thresholds.good * sign) return 'good'
  return value * sign >= thresholds.warn * sign ? 'warn' : 'bad'
}

function asNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
