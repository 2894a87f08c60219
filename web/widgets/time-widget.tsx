import { useMemo } from 'react'
import { withoutBeginning } from '../charts/open-bucket.ts'
import { keyOf, type Reference, referenceValues, type Series, timeSeries } from '../charts/series.ts'
import type { Mark } from '../charts/time/overlays.tsx'
import { TimeChart } from '../charts/time-chart.tsx'
import { addDays, endOf } from '../format/calendar.ts'
import { formatDay, nowIn } from '../format/time.ts'
import { formatValue } from '../format/value.ts'
import type { Answer } from '../queries/answers.ts'
import type { MetricInfo, Project } from '../queries/project.ts'
import { type WidgetQueries, widgetQueries } from '../queries/widget-queries.ts'
import { annotationsOf, markQueries, marksOf } from './marks.ts'
import { metricsOf } from './metrics.ts'
import { type GhostQueries, type OverTime, withGhost } from './time-queries.ts'
import { WidgetFrame } from './widget-frame.tsx'
import type { WidgetProps } from './widget-props.ts'

/** Lines, areas or bars over time. */
export function TimeWidget(props: WidgetProps & { readonly definition: OverTime }) {
  const { widget, state, project, definition } = props
  const asked = widgetQueries(widget, state, project)
  const all = withGhost(definition, asked, state)
  const annotations = annotationsOf(widget.id, metricsOf(widget, project), definition, project)
  const marks = { ...all, queries: [...all.queries, ...markQueries(annotations, state, project)] }
  return (
    <WidgetFrame {...props} asked={marks}>
      {(answers) => (
        <Body {...{ ...props, asked, all, answers }} marks={marksOf(annotations, answers.slice(all.queries.length))} />
      )}
    </WidgetFrame>
  )
}

interface BodyProps extends WidgetProps {
  readonly definition: OverTime
  readonly asked: WidgetQueries
  readonly all: GhostQueries
  readonly answers: readonly Answer[]
  readonly marks: readonly Mark[]
}

function Body({ widget, project, onSelect, definition, asked, all, answers, marks }: BodyProps) {
  const metrics = metricsOf(widget, project)
  const { by } = definition
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answers stand for what was asked.
  const picture = useMemo(() => pictureOf(answers, metrics, definition, asked, all, project), [answers])
  const { data, begun } = picture
  const shown = metrics.length > 1 ? definitionShown(definition) : null
  const daysOf = (from: number, to: number) => {
    const start = data.buckets[from] ?? asked.range.from
    const end = data.buckets[to] ?? start
    const last =
      data.grain === 'hour'
        ? end.slice(0, 10)
        : addDays(new Date(endOf(data.grain, end)).toISOString().slice(0, 10), -1)
    return { from: start.slice(0, 10), to: last }
  }
  const onPick = (index: number, series: string | undefined) => {
    const metric = by === undefined && series !== undefined ? series : (metrics[0]?.name ?? null)
    const raw = by === undefined || series === undefined ? undefined : rawOf(answers[0]?.rows ?? [], by, series)
    const values = by === undefined || raw === undefined ? [] : [{ dimension: by, value: raw }]
    onSelect?.({ kind: 'mark', metric, values, ...daysOf(index, index) })
  }
  const chart = (
    <TimeChart
      kind={definition.type}
      data={data}
      ghosts={picture.ghosts}
      references={picture.references}
      marks={marks}
      stacked={isStacked(definition, metrics)}
      label={widget.title}
      now={nowIn(project.timezone)}
      toggles={'percentiles' in definition && definition.percentiles !== undefined && definition.percentiles !== false}
      first={shown}
      onPick={onSelect === undefined ? undefined : onPick}
      onBrush={
        onSelect === undefined
          ? undefined
          : (from, to) => onSelect({ kind: 'span', metric: metrics[0]?.name ?? null, values: [], ...daysOf(from, to) })
      }
    />
  )
  if (begun === undefined) return chart
  return (
    <>
      {chart}
      <p className="chart-note">
        Without the {data.grain} of {formatDay(begun)}, which has just begun.
      </p>
    </>
  )
}

const definitionShown = (definition: OverTime): readonly string[] | null =>
  'percentiles' in definition && Array.isArray(definition.percentiles) ? definition.percentiles : null

function pictureOf(
  answers: readonly Answer[],
  metrics: readonly MetricInfo[],
  definition: OverTime,
  asked: WidgetQueries,
  all: GhostQueries,
  project: Project,
) {
  const grain = asked.grain ?? 'day'
  const series = (index: number, range: WidgetQueries['range'], by: string | undefined) =>
    timeSeries({ rows: answers[index]?.rows ?? [], metrics, by, grain, range, project })
  const whole = series(0, asked.range, definition.by)
  // A bar that is not full yet is read as such; a line is not.
  const { data, begun } =
    definition.type === 'bar' ? { data: whole, begun: undefined } : withoutBeginning(whole, nowIn(project.timezone))
  const before = all.ghost === null || all.ghostRange === null ? null : series(all.ghost, all.ghostRange, undefined)
  const since = all.ghostRange === null ? '' : ` from ${formatDay(all.ghostRange.from)}`
  const ghosts: readonly Series[] = (before?.series ?? [])
    .filter(({ values }) => values.filter((value) => value !== null && value !== 0).length * 2 >= values.length)
    .map((one) => ({
      ...one,
      label: metrics.length > 1 ? `${one.label}, compared` : `Compared${since}`,
      values: sinceFirst(data.buckets.map((_, index) => one.values[index] ?? null)),
    }))
  return {
    data,
    begun,
    ghosts,
    references: [
      ...declaredLines(definition, answers, asked, data.buckets),
      ...thresholdLines(definition, metrics, data.buckets),
    ],
  }
}

/** Zeros from before there were any figures say nothing. */
function sinceFirst(values: readonly (number | null)[]): readonly (number | null)[] {
  const first = values.findIndex((value) => value !== null && value !== 0)
  return values.map((value, index) => (index < first ? null : value))
}

function declaredLines(
  definition: OverTime,
  answers: readonly Answer[],
  { references }: WidgetQueries,
  buckets: readonly string[],
): readonly Reference[] {
  return (definition.reference ?? []).map(({ label, value, metric = '' }) => ({
    label: label ?? metric,
    values:
      value === undefined
        ? referenceValues(answers[references ?? 0]?.rows ?? [], metric, buckets)
        : buckets.map(() => value),
  }))
}

/** A line alone shows from where on its metric is good. */
function thresholdLines(
  definition: OverTime,
  metrics: readonly MetricInfo[],
  buckets: readonly string[],
): readonly Reference[] {
  const [metric] = metrics
  if (definition.type !== 'line' || definition.by !== undefined || definition.reference !== undefined) return []
  if (metric === undefined || metrics.length > 1 || metric.thresholds === null || metric.direction === 'neutral')
    return []
  const { good } = metric.thresholds
  const sign = metric.direction === 'up' ? '≥' : '≤'
  return [
    { label: `Good ${sign} ${formatValue(good, metric.format)}`, values: buckets.map(() => good), status: 'good' },
  ]
}

const rawOf = (rows: Answer['rows'], by: string, key: string) => {
  if (key === ' other') return undefined
  const row = rows.find((one) => keyOf(one[by]) === key)
  return row === undefined ? undefined : (row[by] ?? null)
}

/** Only what adds up can be stacked. */
function isStacked(definition: OverTime, metrics: readonly MetricInfo[]): boolean {
  if (definition.type === 'line' || !metrics.every(({ additive }) => additive)) return false
  return definition.stacked ?? (definition.type === 'area' || definition.by !== undefined)
}
