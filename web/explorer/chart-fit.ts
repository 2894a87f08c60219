import type { DimensionInfo, MetricInfo, Project } from '../queries/project.ts'
import { SHAPES, type WidgetForm, type WidgetType } from './widget-form.ts'

type Asked = Pick<WidgetForm, 'metrics' | 'by'>

/** Why a question cannot be drawn as a type of widget; null where it can. */
export function chartRefusal(type: WidgetType, asked: Asked, project: Project): string | null {
  const { metrics, by } = asked
  const takes = SHAPES[type]
  if (takes.metrics === 'none') return null
  const known = metrics.flatMap((name) => project.metrics.find((metric) => metric.name === name) ?? [])
  if (type === 'table') return metrics.length + by.length > 0 ? null : 'needs a metric or a dimension'
  if (metrics.length === 0) return 'needs a metric'
  if (takes.metrics === 'one' && metrics.length > 1) return 'shows one metric'
  if (takes.by === 'none' && by.length > 0) return 'shows no dimension'
  if (takes.by === 'one' && by.length > 1) return 'shows one dimension'
  if (takes.by === 'two' && by.length > 2) return 'shows two dimensions at most'
  return ofType(type, known, dimensionsOf(by, known, project))
}

function ofType(type: WidgetType, metrics: readonly MetricInfo[], by: readonly DimensionInfo[]): string | null {
  const [metric] = metrics
  const timeless = metrics.find(({ timed }) => !timed)
  const lacksTime = timeless === undefined ? null : `${timeless.label} has no time`
  switch (type) {
    case 'line':
    case 'area':
    case 'bar': {
      if (metrics.length > 1 && by.length > 0) return 'shows one metric by a dimension, or several without'
      if (new Set(metrics.map(({ format }) => format.type)).size > 1) return 'the metrics have different units'
      if (type === 'area' && by.length > 0 && metric?.additive === false)
        return `parts of ${metric.label} do not add up`
      return type === 'bar' && by.length > 0 ? null : lacksTime
    }
    case 'donut':
      if (by.length === 0) return 'needs a dimension'
      return metric?.additive === false ? `parts of ${metric.label} do not add up` : null
    case 'map':
      return by[0]?.type === 'geo' ? null : 'needs a dimension of places'
    case 'kanban':
      if (metric?.thresholds === null) return `${metric.label} has no thresholds`
      return by.length === 0 ? 'needs a dimension' : null
    case 'heatmap':
      return by.length < 2 ? lacksTime : null
    case 'funnel':
      return metrics.length < 2 ? 'needs two metrics or more, from first step to last' : null
    default:
      return null
  }
}

/** What shows a question best. */
export function suggestedType(asked: Asked & Pick<WidgetForm, 'grain'>, project: Project): WidgetType {
  const order: readonly WidgetType[] =
    asked.by.length > 0
      ? asked.grain === null
        ? ['map', 'bar', 'table']
        : ['area', 'line', 'table']
      : asked.grain === null
        ? asked.metrics.length > 1
          ? ['table']
          : ['kpi']
        : ['line', 'table']
  return order.find((type) => chartRefusal(type, asked, project) === null) ?? 'table'
}

/** The dimensions that names mean, where these metrics are asked. */
function dimensionsOf(names: readonly string[], metrics: readonly MetricInfo[], { dimensions }: Project) {
  return names.flatMap((name) => {
    const full = fullName(name, metrics[0]?.dimensions ?? [])
    return dimensions.find((dimension) => dimension.name === full) ?? []
  })
}

export const fullName = (name: string, offered: readonly string[]): string =>
  offered.find((full) => full === name || full.endsWith(`.${name}`)) ?? name

/** As people write it: without its model where no other dimension that is offered is called so. */
export function writtenName(name: string, offered: readonly string[]): string {
  const short = name.split('.').at(-1) ?? name
  return offered.filter((full) => full.split('.').at(-1) === short).length === 1 ? short : name
}
