import type { Grain, Widget } from '../../runtime/definitions/index.ts'
import type { MetricInfo, Project, WidgetInfo } from '../queries/project.ts'

/** Named here: the definitions themselves do not run in browsers. */
export const GRAINS = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly Grain[]

export const CHARTS = ['kpi', 'line', 'area', 'bar', 'donut', 'table'] as const
export type Chart = (typeof CHARTS)[number]

/** What somebody asks; all of it stands in the address. */
export interface Question {
  readonly metrics: readonly string[]
  readonly by: readonly string[]
  readonly grain: Grain | null
  readonly where: string
  readonly limit: number | null
  /** Null shows what suits the question. */
  readonly type: Chart | null
}

export function readQuestion(search: string): Question {
  const params = new URLSearchParams(search)
  const listed = (key: string) => [...new Set((params.get(key) ?? '').split(',').filter(Boolean))]
  const limit = Number(params.get('limit'))
  return {
    metrics: listed('metrics'),
    by: listed('by'),
    grain: GRAINS.find((grain) => grain === params.get('grain')) ?? null,
    where: params.get('where') ?? '',
    limit: Number.isInteger(limit) && limit > 0 ? limit : null,
    type: CHARTS.find((type) => type === params.get('type')) ?? null,
  }
}

export const keysOf = ({ metrics, by, grain, where, limit, type }: Question) => ({
  metrics: metrics.join(',') || undefined,
  by: by.join(',') || undefined,
  grain: grain ?? undefined,
  where: where || undefined,
  limit: limit === null ? undefined : String(limit),
  type: type ?? undefined,
})

/** Dimensions that every one of the metrics has. */
export function commonDimensions(metrics: readonly MetricInfo[]): readonly string[] {
  const [first, ...rest] = metrics
  return (first?.dimensions ?? []).filter((name) => rest.every(({ dimensions }) => dimensions.includes(name)))
}

/** Why a metric cannot be asked together with what is chosen; null where it can. */
export function refusal(metric: MetricInfo, chosen: readonly MetricInfo[], by: readonly string[]): string | null {
  const missing = by.find((name) => !metric.dimensions.some((own) => own === name || own.endsWith(`.${name}`)))
  if (missing !== undefined) return `has no ${missing}`
  const others = chosen.filter(({ name }) => name !== metric.name)
  if (others.length === 0 || others.some(({ models }) => models.every((model) => metric.models.includes(model))))
    return null
  return commonDimensions([...others, metric]).length === 0 ? 'shares no dimension with what is chosen' : null
}

/** Why a question cannot be drawn as a chart; null where it can. */
export function chartRefusal(type: Chart, { metrics, by, grain }: Question): string | null {
  if (type === 'table') return null
  if (type === 'kpi') return metrics.length === 1 && by.length === 0 && grain === null ? null : 'one metric alone'
  if (type === 'donut')
    return metrics.length === 1 && by.length === 1 && grain === null ? null : 'one metric by one dimension'
  if (by.length > 1 || (by.length === 1 && metrics.length > 1)) return 'one metric by one dimension, or several by none'
  if (type === 'bar') return by.length === 1 || grain !== null ? null : 'a dimension or a grain'
  return grain === null ? 'a grain' : null
}

export function suggestedChart(question: Question): Chart {
  const order: readonly Chart[] = question.by.length > 0 ? ['area', 'bar', 'table'] : ['line', 'kpi', 'table']
  return order.find((type) => chartRefusal(type, question) === null) ?? 'table'
}

export function widgetOf(question: Question, project: Project): WidgetInfo {
  const { metrics, by, grain, where, limit } = question
  const type =
    question.type !== null && chartRefusal(question.type, question) === null ? question.type : suggestedChart(question)
  const labels = metrics.map((name) => project.metrics.find((metric) => metric.name === name)?.label ?? name)
  const shared = { ...(where !== '' && { where }), ...(limit !== null && { limit }) }
  const one = metrics.length === 1 ? { metric: metrics[0] } : { metrics }
  const series = { ...one, ...(by.length > 0 && { by: by[0] }), ...(grain !== null && { grain }) }
  const shapes: Readonly<Record<Chart, object>> = {
    kpi: { metric: metrics[0] },
    line: series,
    area: series,
    bar: series,
    donut: { metric: metrics[0], by: by[0] },
    table: { metrics, ...(by.length > 0 && { dimensions: by }), ...(grain !== null && { grain }) },
  }
  const definition = { type, ...shapes[type], ...shared, width: 12 } as Widget
  const query = {
    metrics: [...metrics],
    ...(by.length > 0 && { by: [...by] }),
    ...(grain !== null && { grain }),
    ...shared,
  }
  return { id: 'explorer', title: labels.join(', '), width: 12, definition, query }
}
