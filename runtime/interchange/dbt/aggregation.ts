import type { SimpleMetric } from '../../definitions/index.ts'
import { hasTemplate, type Lose } from '../draft/index.ts'
import { conditionsIn } from './filter.ts'
import type { DbtMeasure, DbtMetric, DbtSemanticModel } from './manifest.ts'
import type { World } from './world.ts'

/** What a simple metric aggregates: over which model, by which of its times, under which conditions. */
export interface Aggregation {
  readonly model: DbtSemanticModel
  readonly time: string | undefined
  readonly conditions: readonly string[]
  readonly parts: Pick<SimpleMetric, 'agg' | 'percentile' | 'sql'>
}

/** The aggregation of a simple metric in either of dbt's styles; what stands in its way is reported. */
export function aggregationOf(world: World, metric: DbtMetric, lose: Lose): Aggregation | undefined {
  const object = `metric:${metric.name}`
  const { expr, measure, metric_aggregation_params: own } = metric.type_params
  reportFilling(metric, lose)
  if (own == null) return measure == null ? unknown(object, 'nothing', lose) : measured(world, object, measure, lose)
  const model = world.model(own.semantic_model)
  if (model === undefined) return unknown(object, own.semantic_model, lose)
  return aggregated(model, object, { ...own, name: metric.name, ...(expr != null && { expr }) }, lose)
}

/** The aggregation of a measure, with the filter of the place that names it. */
export function measured(
  world: World,
  object: string,
  input: NonNullable<DbtMetric['type_params']['measure']>,
  lose: Lose,
): Aggregation | undefined {
  const found = world.measure(input.name)
  if (found === undefined) return unknown(object, input.name, lose)
  const aggregation = aggregated(found.model, object, found.measure, lose)
  return aggregation && { ...aggregation, conditions: conditionsIn(input.filter) }
}

function unknown(object: string, name: string, lose: Lose): undefined {
  lose('AM6228', object, `It aggregates \`${name}\`, which the manifest has not.`, 'Parse the dbt project again.')
}

function aggregated(model: DbtSemanticModel, object: string, measure: DbtMeasure, lose: Lose): Aggregation | undefined {
  if (measure.non_additive_dimension != null) {
    lose(
      'AM6221',
      object,
      `It takes the ${measure.non_additive_dimension.window_choice ?? 'last'} value of \`${measure.non_additive_dimension.name}\` instead of adding up over it.`,
      'Build a model with one row a period that holds the balance, and aggregate that.',
    )
    return undefined
  }
  const expr = measure.expr == null || measure.expr === '' ? measure.name : String(measure.expr)
  if (hasTemplate(expr)) {
    lose('AM6224', object, `Its expression is Jinja: ${expr}.`, 'Put the value into a column of the dbt model.')
    return undefined
  }
  const parts = partsOf(object, measure, expr, lose)
  if (parts === undefined) return undefined
  const time = measure.agg_time_dimension ?? model.defaults?.agg_time_dimension ?? undefined
  return { model, time, conditions: [], parts }
}

function partsOf(object: string, { agg, agg_params: params }: DbtMeasure, expr: string, lose: Lose) {
  if (params?.use_discrete_percentile === true) {
    lose(
      'AM6223',
      object,
      'It is a discrete percentile: a value that occurs. Percentiles here lie between two values.',
      'Declare it with `agg: percentile` where a continuous percentile will do.',
    )
    return undefined
  }
  if (params?.use_approximate_percentile === true) {
    lose('AM6223', object, 'Its percentile is approximate there and exact here.', 'Nothing, unless it is slow.')
  }
  const kind = KINDS[agg.toLowerCase()]
  if (kind === undefined) {
    lose('AM6220', object, `There is no aggregation \`${agg}\`.`, 'Declare it by hand.')
    return undefined
  }
  if ((kind === 'count' || agg === 'sum') && /^(?:1|\*)$/.test(expr.trim())) return { agg: 'count' as const }
  if (kind === 'count') return { agg: kind, sql: expr }
  if (agg === 'sum_boolean') return { agg: kind, sql: `case when ${expr} then 1 else 0 end` }
  if (kind === 'percentile') return { agg: kind, percentile: params?.percentile ?? 0.5, sql: expr }
  return { agg: kind, sql: expr }
}

const KINDS: Readonly<Record<string, SimpleMetric['agg']>> = {
  count: 'count',
  count_distinct: 'count_distinct',
  sum: 'sum',
  sum_boolean: 'sum',
  average: 'avg',
  min: 'min',
  max: 'max',
  median: 'median',
  percentile: 'percentile',
}

function reportFilling({ name, type_params: params }: DbtMetric, lose: Lose): void {
  const places = [params, params.measure ?? {}]
  const filled = places.find(({ fill_nulls_with: value }) => value != null)
  const joined = places.some(({ join_to_timespine: joined }) => joined === true)
  if (filled === undefined && !joined) return
  const what = filled === undefined ? 'by joining a time spine' : `with ${filled.fill_nulls_with}`
  lose(
    'AM6222',
    `metric:${name}`,
    `dbt fills periods without rows ${what}; the values of other periods stay the same.`,
    'Charts here show such periods as gaps; `coalesce` in a derived metric fills values that are null.',
  )
}
