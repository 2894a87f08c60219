import { openBucket } from '../charts/open-bucket.ts'
import { type TimeSeries, timeSeries } from '../charts/series.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import { StatusMark } from '../components/status-mark.tsx'
import { formatDay, nowIn } from '../format/time.ts'
import { formatChange, formatValue } from '../format/value.ts'
import { type ComparedRange, comparedRange } from '../queries/date-range.ts'
import type { PageState } from '../queries/page-state.ts'
import type { MetricInfo } from '../queries/project.ts'
import { widgetQueries } from '../queries/widget-queries.ts'
import { asNumber, metricsOf, moodOf, STATUS_LABELS, statusOf } from './metrics.ts'
import { soFar } from './so-far.ts'
import { WidgetFrame } from './widget-frame.tsx'
import type { WidgetProps } from './widget-props.ts'

/** One number, how it changed, its trend, and what it is measured by. */
export function KpiWidget(props: WidgetProps) {
  const { widget, state, project } = props
  const asked = widgetQueries(widget, state, project)
  const [metric] = metricsOf(widget, project)
  const { definition } = widget
  if (metric === undefined || definition.type !== 'kpi') return null
  return (
    <WidgetFrame {...props} asked={asked} kind="kpi" height={64} plain>
      {(answers) => {
        const numberIn = (index: number | null) =>
          index === null ? null : asNumber(answers[index]?.rows[0]?.[metric.name])
        const value = numberIn(0)
        const status = statusOf(value, metric)
        const rows = asked.trend === null ? undefined : answers[asked.trend]?.rows
        const trend =
          rows === undefined || asked.grain === null
            ? null
            : timeSeries({ rows, metrics: [metric], by: undefined, grain: asked.grain, range: state.range, project })
        return (
          <div className="kpi">
            <div className="kpi-value" title={formatValue(value, metric.format, 'exact')}>
              {formatValue(value, metric.format)}
              {status !== null && <StatusMark status={status} label={STATUS_LABELS[status]} />}
            </div>
            {trend !== null && (
              <Sparkline values={completed(trend, project.timezone)} label={`Trend of ${widget.title}`} />
            )}
            {asked.compared !== null && (
              <Delta
                now={value}
                before={numberIn(asked.compared)}
                metric={metric}
                state={state}
                timezone={project.timezone}
              />
            )}
            {asked.compared === null && trend !== null && (
              <SoFar trend={trend} value={value} metric={metric} timezone={project.timezone} />
            )}
            {definition.target !== undefined && <Target value={value} target={definition.target} metric={metric} />}
            {definition.benchmark !== undefined && (
              <Benchmark value={value} benchmark={definition.benchmark} metric={metric} />
            )}
          </div>
        )
      }}
    </WidgetFrame>
  )
}

/** Without what is in progress, which would look like a fall. */
function completed({ buckets, grain, series }: TimeSeries, timeZone: string): readonly (number | null)[] {
  const values = series[0]?.values ?? []
  return values.length > 3 && openBucket(grain, buckets, nowIn(timeZone)) !== null ? values.slice(0, -1) : values
}

interface DeltaProps {
  readonly now: number | null
  readonly before: number | null
  readonly metric: MetricInfo
  readonly state: PageState
  readonly timezone: string
}

function Delta({ now, before, metric, state, timezone }: DeltaProps) {
  const range = comparedRange(state.range, state.compare, nowIn(timezone))
  if (now === null || before === null || range === null) return <div className="delta">no earlier data</div>
  // From nothing there is no rate of change.
  const change = formatChange(now, before, metric.format) ?? `from ${formatValue(before, metric.format)}`
  const { from, to, until } = range
  const day = to.slice(0, 10)
  const end = until === null ? formatDay(day) : `${formatDay(day)}, ${until}, as today is not over`
  const title = `${formatValue(before, metric.format, 'exact')} from ${formatDay(from)} to ${end}`
  const versus = versusText(state, range)
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

/** One day alone says until when it is compared: it makes the difference. */
function versusText({ range, compare }: PageState, { until }: ComparedRange): string {
  if (compare === 'previous_year') return 'vs last year'
  return until !== null && range.from === range.to ? `vs day before to ${until}` : 'vs prior period'
}

interface SoFarProps {
  readonly trend: TimeSeries
  readonly value: number | null
  readonly metric: MetricInfo
  readonly timezone: string
}

function SoFar({ trend, value, metric, timezone }: SoFarProps) {
  const found = soFar(trend, value, nowIn(timezone))
  if (found === null) return null
  return (
    <div className="delta">
      so far {found.now}, {formatValue(found.before, metric.format)} {found.previously}
    </div>
  )
}

interface TargetProps {
  readonly value: number | null
  readonly target: number
  readonly metric: MetricInfo
}

function Target({ value, target, metric }: TargetProps) {
  const share = value === null || target === 0 ? 0 : Math.max(0, value / target)
  const reached = value !== null && (metric.direction === 'down' ? value <= target : value >= target)
  const text = `${reached ? 'On target' : 'Target'} ${formatValue(target, metric.format)}`
  return (
    <div className="kpi-target">
      <span className="kpi-track">
        <span
          className="kpi-fill"
          data-status={reached ? 'good' : metric.direction === 'down' ? 'bad' : undefined}
          style={{ width: `${Math.min(1, share) * 100}%` }}
        />
      </span>
      <span>{text}</span>
    </div>
  )
}

interface BenchmarkProps {
  readonly value: number | null
  readonly benchmark: { readonly value: number; readonly label?: string; readonly source?: string }
  readonly metric: MetricInfo
}

function Benchmark({ value, benchmark, metric }: BenchmarkProps) {
  const { label = 'Benchmark', source } = benchmark
  const change = value === null ? null : formatChange(value, benchmark.value, metric.format)
  const mood = value === null ? 'neutral' : moodOf(value - benchmark.value, metric)
  const isAddress = source !== undefined && /^https?:\/\//.test(source)
  return (
    <div className="kpi-benchmark" title={source === undefined ? undefined : `Source: ${source}`}>
      {isAddress ? (
        <a href={source} target="_blank" rel="noreferrer">
          {label}
        </a>
      ) : (
        label
      )}{' '}
      {formatValue(benchmark.value, metric.format)}
      {change !== null && (
        <span className="delta-change" data-mood={mood}>
          {' '}
          {change}
        </span>
      )}
    </div>
  )
}
