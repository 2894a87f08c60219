import type { Grain } from '../../runtime/definitions/index.ts'
import type { MetricInfo, Project, WidgetInfo } from '../queries/project.ts'
import { chartRefusal, fullName, suggestedType } from './chart-fit.ts'
import { asType, definitionOf, EMPTY_FORM, type WidgetForm, type WidgetType } from './widget-form.ts'

/** Named here: the definitions themselves do not run in browsers. */
export const GRAINS = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly Grain[]

/** Types that show what is asked of metrics. */
export const CHARTS = [
  'kpi',
  'line',
  'area',
  'bar',
  'donut',
  'table',
  'heatmap',
  'map',
  'gauge',
  'kanban',
  'funnel',
] as const satisfies readonly WidgetType[]

/** What somebody asks; all of it stands in the address. */
export interface Question {
  readonly metrics: readonly string[]
  readonly by: readonly string[]
  readonly grain: Grain | null
  readonly where: string
  readonly limit: number | null
  /** Null shows what suits the question. */
  readonly type: WidgetType | null
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
  if (missing !== undefined) return `has no ${missing.split('.').at(-1)?.replaceAll('_', ' ')}`
  const others = chosen.filter(({ name }) => name !== metric.name)
  if (others.length === 0 || others.some(({ models }) => models.every((model) => metric.models.includes(model))))
    return null
  return commonDimensions([...others, metric]).length === 0 ? 'shares no dimension with what is chosen' : null
}

/** What is shown: as it was chosen where that works, as it suits the question otherwise. */
export function typeOf(question: Question, project: Project): WidgetType {
  const { type } = question
  if (type !== null && chartRefusal(type, question, project) === null) return type
  return suggestedType(question, project)
}

export function formOf(question: Question, project: Project): WidgetForm {
  const { metrics, by, grain, where, limit } = question
  const options = limit === null ? {} : { limit }
  return asType({ ...EMPTY_FORM, metrics, by, grain, where, options }, typeOf(question, project))
}

/** A form as a widget that can be drawn, without asking the server what it means. */
export function drawnWidget(form: WidgetForm, project: Project, id: string): WidgetInfo {
  const { metrics, by, grain, where, type, title } = form
  const chosen = project.metrics.filter(({ name }) => metrics.includes(name))
  const offered = commonDimensions(chosen)
  const labels = metrics.map((name) => project.metrics.find((metric) => metric.name === name)?.label ?? name)
  const asked = type === 'heatmap' && by.length === 0 ? 'hour' : grain
  const { limit } = form.options
  const query = {
    metrics: [...metrics],
    ...(by.length > 0 && { by: by.map((name) => fullName(name, offered)) }),
    ...(asked !== null && { grain: asked }),
    ...(where !== '' && { where }),
    ...(typeof limit === 'number' && { limit }),
  }
  const names = by.map((name) => name.split('.').at(-1)?.replaceAll('_', ' '))
  const words = names.length === 0 ? labels.join(', ') : `${labels.join(', ')} by ${names.join(' and ')}`
  return {
    id,
    title: title || words,
    width: 12,
    definition: definitionOf(form),
    query: metrics.length === 0 ? null : query,
  }
}
