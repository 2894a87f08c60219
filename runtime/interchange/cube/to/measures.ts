import type {
  CompositeMetric,
  Leaf,
  Manifest,
  Metric,
  SemanticModel,
  SimpleMetric,
  Span,
  Window,
} from '../../../compiler/index.ts'
import { filled, type Lose } from '../../draft/index.ts'
import { cubeSql } from './sql.ts'

type Measure = Readonly<Record<string, unknown>>

/** The measures of a model: its simple metrics, and those that are made of these alone. */
export function measuresOf(manifest: Manifest, model: SemanticModel, lose: Lose): readonly Measure[] {
  const metrics = new Map(manifest.metrics.map((metric) => [metric.name, metric]))
  const own = manifest.metrics.filter(({ models }) => models.length === 1 && models[0] === model.name)
  const measures = new Map<string, Measure>()
  for (const metric of own) {
    if (metric.type === 'simple') measures.set(metric.name, simpleMeasure(model, metric, metric.name, aboutOf(metric)))
  }
  for (const metric of own) if (metric.type !== 'simple') composite(metric)
  return [...measures.values()]

  function composite(metric: CompositeMetric): void {
    const { definition } = metric
    const about = aboutOf(metric)
    if ('numerator' in definition) {
      const { denominator, numerator } = definition
      add(metric, about, 'number', `CAST({${numerator}} AS DOUBLE PRECISION) / NULLIF({${denominator}}, 0)`)
    } else if ('expr' in definition) add(metric, about, 'number', definition.expr)
    else if ('offset' in definition) shifted(metric, definition.metric, definition.offset)
    else windowed(metric, definition.metric, definition.window)
  }

  function add({ name }: CompositeMetric, about: Measure, type: string, sql: string): void {
    measures.set(name, filled({ name, type, sql, ...about }))
  }

  function shifted(metric: CompositeMetric, base: string, offset: Span): void {
    const shift = { time_dimension: model.timeDimension, interval: spanText(offset), type: 'prior' }
    measures.set(metric.name, {
      name: metric.name,
      multi_stage: true,
      type: 'number',
      sql: `{${base}}`,
      time_shift: [shift],
      ...aboutOf(metric),
    })
  }

  /** A window lies over an aggregate: over a metric made of several it lies over each of them. */
  function windowed(metric: CompositeMetric, base: string, window: Window): void {
    const over = metrics.get(base)
    if (over?.type === 'simple') {
      measures.set(metric.name, {
        ...simpleMeasure(model, over, metric.name, aboutOf(metric)),
        rolling_window: rollingWindow(window),
      })
      return
    }
    if (metric.leaves.some(({ shift }) => shift !== null)) {
      lose(
        'AM6230',
        `metric:${metric.name}`,
        'It accumulates what is shifted in time.',
        'Make it of accumulated metrics instead.',
      )
      return
    }
    for (const leaf of metric.leaves) leafMeasure(leaf)
    const text = metric.expression.map((part) =>
      'text' in part ? part.text : 'metric' in part ? `{${part.metric}}` : '',
    )
    add(metric, aboutOf(metric), 'number', text.join(''))
  }

  function leafMeasure({ key, metric: name, window }: Leaf): void {
    const metric = metrics.get(name)
    if (measures.has(key) || metric?.type !== 'simple' || window === null) return
    const part = { public: false, meta: { agent_metrics: { part: true } } }
    measures.set(key, { ...simpleMeasure(model, metric, key, part), rolling_window: rollingWindow(window) })
  }
}

const TYPES = {
  count: 'count',
  count_distinct: 'count_distinct',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
  median: 'number',
  percentile: 'number',
} as const

function simpleMeasure(model: SemanticModel, metric: SimpleMetric, name: string, about: Measure): Measure {
  const { agg, filter, sql } = metric
  const value = sql === null ? undefined : cubeSql(model, sql)
  const condition = filter === null ? undefined : cubeSql(model, filter)
  if (agg === 'median' || agg === 'percentile') {
    const ordered = condition === undefined ? value : `CASE WHEN (${condition}) THEN ${value} END`
    const fraction = agg === 'median' ? 0.5 : metric.percentile
    return filled({
      name,
      type: 'number',
      sql: `PERCENTILE_CONT(${fraction}) WITHIN GROUP (ORDER BY ${ordered})`,
      ...about,
    })
  }
  return filled({
    name,
    type: TYPES[agg],
    sql: value,
    filters: condition === undefined ? undefined : [{ sql: condition }],
    ...about,
  })
}

function rollingWindow(window: Window): Measure {
  if ('toDate' in window) return { type: 'to_date', granularity: window.toDate }
  if ('all' in window) return { trailing: 'unbounded', offset: 'end' }
  return { trailing: spanText(window.trailing), offset: 'end' }
}

const spanText = ({ count, unit }: Span) => `${count} ${unit}${count === 1 ? '' : 's'}`

/** What Cube has no keys for goes into `meta`, where the import finds it again. */
function aboutOf(metric: Metric): Measure {
  const { category, deprecated, direction, format, owner, refresh, synonyms, tags, thresholds, tier } = metric
  const plain = Object.keys(format).length === 1 ? format.type : format
  const shown = format.type === 'percent' || format.type === 'currency' ? format.type : undefined
  const meta = filled({
    format: plain === 'number' || plain === shown ? undefined : plain,
    owner,
    category,
    tier,
    refresh,
    direction: direction === 'neutral' ? undefined : direction,
    thresholds,
    synonyms: synonyms.length === 0 ? undefined : synonyms,
    tags: tags.length === 0 ? undefined : tags,
    deprecated,
  })
  return filled({
    title: metric.label,
    description: metric.description,
    format: shown,
    meta: Object.keys(meta).length === 0 ? undefined : { agent_metrics: meta },
  })
}
