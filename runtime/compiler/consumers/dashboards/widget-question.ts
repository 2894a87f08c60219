import type { Widget } from '../../../definitions/index.ts'
import type { DimensionRef, SemanticModel } from '../../manifest.ts'
import type { Declared } from '../../project/index.ts'
import { type Named, nameAt, namesAt, type Question } from '../question.ts'

type Parts = Pick<Question, 'metrics' | 'by' | 'grain' | 'models'>

/** What a widget asks of the metrics; null where it asks none. */
export function questionOf(
  declared: Declared<Widget>,
  node: string,
  semanticModels: readonly SemanticModel[],
): Question | null {
  const { value } = declared
  const parts = partsOf(value, semanticModels)
  if (parts === null) return null
  const where: Named | undefined = value.where === undefined ? undefined : { name: value.where, path: ['where'] }
  return { declared, node, ...parts, where, order: namesAt('order', value.order) }
}

function partsOf(widget: Widget, semanticModels: readonly SemanticModel[]): Parts | null {
  switch (widget.type) {
    case 'text':
    case 'alerts':
      return null
    case 'line':
    case 'area':
      return { metrics: metricsOf(widget), by: nameAt('by', widget.by), grain: grainOf(widget.grain ?? 'day') }
    case 'bar':
      return { metrics: metricsOf(widget), by: nameAt('by', widget.by), grain: widget.grain && grainOf(widget.grain) }
    case 'heatmap':
      return { metrics: nameAt('metric', widget.metric), by: axes(widget), grain: axisGrain(widget) }
    case 'donut':
    case 'map':
    case 'kanban':
      return { metrics: nameAt('metric', widget.metric), by: nameAt('by', widget.by) }
    case 'funnel':
      return { metrics: namesAt('metrics', widget.metrics), by: [] }
    case 'table':
      return tableParts(widget, semanticModels)
    default:
      return { metrics: nameAt('metric', widget.metric), by: [] }
  }
}

type Table = Extract<Widget, { type: 'table' }>
type Heatmap = Extract<Widget, { type: 'heatmap' }>

const grainOf = (grain: string): Named => ({ name: grain, path: ['grain'] })

const metricsOf = ({ metric, metrics }: { readonly metric?: string; readonly metrics?: readonly string[] }) => [
  ...nameAt('metric', metric),
  ...namesAt('metrics', metrics),
]

/** `hour_of_day` and `day_of_week` are no dimensions: they are read off the time buckets. */
const axes = ({ x = 'hour_of_day', y = 'day_of_week' }: Heatmap): readonly Named[] => [
  ...(x === 'hour_of_day' ? [] : nameAt('x', x)),
  ...(y === 'day_of_week' ? [] : nameAt('y', y)),
]

function axisGrain({ x = 'hour_of_day', y = 'day_of_week' }: Heatmap): Named | undefined {
  if (x === 'hour_of_day') return { name: 'hour', path: ['metric'] }
  return y === 'day_of_week' ? { name: 'day', path: ['metric'] } : undefined
}

function tableParts(table: Table, semanticModels: readonly SemanticModel[]): Parts {
  const metrics = namesAt('metrics', table.metrics)
  const grain = table.grain === undefined ? undefined : grainOf(table.grain)
  const declared = namesAt('dimensions', table.dimensions)
  const hierarchy = hierarchyOf(semanticModels, table)
  const levels = hierarchy?.slice(0, 1).map((level) => ({ name: qualified(level), path: ['hierarchy'] })) ?? []
  const model = semanticModels.find(({ name }) => name === table.model)
  const all = declared.length + metrics.length + levels.length > 0 ? [] : rowsOf(model)
  const models = model === undefined ? [] : [model.name]
  return { metrics, by: [...levels, ...declared, ...all], grain, models }
}

/** A table of a model alone shows its rows with all their dimensions. */
function rowsOf(model: SemanticModel | undefined): readonly Named[] {
  const shown = model?.dimensions.filter((dimension) => dimension.public) ?? []
  return shown.map(({ name }) => ({ name: `${model?.name}.${name}`, path: ['model'] }))
}

/** The levels of the hierarchy that a table names. */
export function hierarchyOf(
  semanticModels: readonly SemanticModel[],
  table: Table,
): readonly DimensionRef[] | undefined {
  const models = table.model === undefined ? semanticModels : semanticModels.filter(({ name }) => name === table.model)
  return models.flatMap(({ hierarchies }) => hierarchies).find(({ name }) => name === table.hierarchy)?.levels
}

const qualified = ({ dimension, model }: DimensionRef) => `${model}.${dimension}`
