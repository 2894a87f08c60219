import type { Leaf, Metric, SemanticModel, SimpleMetric } from '../../compiler/index.ts'
import { type Code, code, type Literal, reference, template } from './cube-file.ts'
import type { ModelIndex } from './model-index.ts'
import { compositeMeasure, FIRST_TIME, LAST_TIME, leafMeasure } from './names.ts'

export type Measures = Readonly<Record<string, Literal>>

/** Measures of a cube: the atoms of its leaves and one for each metric made of them. `input` is the SQL of what a leaf aggregates. */
export function measuresOf(index: ModelIndex, home: string, input: (leaf: Leaf) => Code): Measures {
  const metrics = index.metricsOf(home)
  const labels = new Map(metrics.filter((metric) => metric.type === 'simple').map((metric) => [metric.name, metric]))
  const leaves = index
    .leavesOf(home)
    .flatMap((leaf) => leafMeasures(index.simple(leaf.metric), leaf, input(leaf), labels.get(leaf.key)))
  const composites = metrics
    .filter((metric) => metric.type !== 'simple')
    .map((metric): [string, Literal] => [compositeMeasure(metric.name), compositeOf(index, metric)])
  return Object.fromEntries([...leaves, ...composites])
}

/** Earliest and latest row, for windows without a range. */
export function timeBounds(column: Code): Measures {
  return {
    [FIRST_TIME]: { type: 'min', sql: column, public: false },
    [LAST_TIME]: { type: 'max', sql: column, public: false },
  }
}

/** Names of the measures of a leaf that can be added up again, or null where there are none. */
export function additiveParts(metric: SimpleMetric, key: string): readonly string[] | null {
  const name = leafMeasure(key)
  if (metric.agg === 'avg') return [`${name}__sum`, `${name}__n`]
  return ['count', 'sum', 'min', 'max'].includes(metric.agg) ? [name] : null
}

export const measureOf = (metric: Metric): string =>
  metric.type === 'simple' ? leafMeasure(metric.name) : compositeMeasure(metric.name)

function leafMeasures(metric: SimpleMetric, leaf: Leaf, input: Code, shown: Metric | undefined): [string, Literal][] {
  const name = leafMeasure(leaf.key)
  const about = shown === undefined ? { public: false } : describe(shown)
  const window = leaf.window === null ? {} : { rollingWindow: { trailing: 'unbounded', offset: 'end' } }
  const meta = { ...(leaf.window === null ? {} : { window: windowLiteral(leaf) }) }
  const atom = (type: string, extra: Record<string, Literal> = {}): Literal => ({
    type,
    sql: input,
    ...window,
    ...about,
    meta: { ...meta, ...extra },
  })
  if (metric.agg === 'avg') {
    const part = (type: string): Literal => ({ type, sql: input, ...window, public: false, meta })
    return [
      [`${name}__sum`, part('sum')],
      [`${name}__n`, part('count')],
      [name, { type: 'number', sql: template(averageOf(name)), ...about }],
    ]
  }
  return [
    [name, quantileOf(metric) === null ? atom(CUBE_TYPES[metric.agg]) : atom('avg', { quantile: quantileOf(metric) })],
  ]
}

const CUBE_TYPES = {
  count: 'count',
  count_distinct: 'countDistinct',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
  median: 'avg',
  percentile: 'avg',
} as const

function quantileOf(metric: SimpleMetric): number | null {
  if (metric.agg === 'median') return 0.5
  return metric.agg === 'percentile' ? metric.percentile : null
}

function windowLiteral({ window }: Leaf): Literal {
  if (window === null) return null
  if ('toDate' in window) return { toDate: window.toDate }
  return 'trailing' in window
    ? { trailing: { count: window.trailing.count, unit: window.trailing.unit } }
    : { all: true }
}

/** Refers to the atoms themselves: Cube lays windows over measures one step below the one asked for, not further down. */
function compositeOf(index: ModelIndex, metric: Metric): Literal {
  const alone = metric.expression.length === 1
  const leaves = new Map(metric.leaves.map((leaf) => [leaf.key, leaf]))
  const parts = metric.expression.flatMap((part): (string | Code)[] => {
    if ('text' in part) return [part.text]
    if ('dimension' in part) throw new Error(`a dimension in the expression of ${metric.name}`)
    const name = leafMeasure(part.metric)
    const leaf = leaves.get(part.metric)
    if (leaf !== undefined && index.simple(leaf.metric).agg === 'avg') return ['(', ...averageOf(name), ')']
    return [alone ? reference(`CUBE.${name}`) : asDouble(name)]
  })
  return { type: 'number', sql: template(parts), ...describe(metric) }
}

const averageOf = (name: string): readonly (string | Code)[] => [
  asDouble(`${name}__sum`),
  ' / nullif(',
  reference(`CUBE.${name}__n`),
  ', 0)',
]

const asDouble = (measure: string): Code => code(`CAST(\${CUBE.${measure}} AS DOUBLE PRECISION)`)

function describe(metric: Metric): Record<string, Literal> {
  const format = { percent: 'percent', currency: 'currency' }[metric.format.type as string]
  return {
    title: metric.label,
    ...(metric.description === '' ? {} : { description: metric.description }),
    ...(format === undefined ? {} : { format }),
  }
}

export const simpleMetricsOf = (index: ModelIndex, model: SemanticModel): readonly SimpleMetric[] =>
  [...new Set(index.leavesOf(model.name).map((leaf) => leaf.metric))].map(index.simple)
