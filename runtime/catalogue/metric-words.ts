import {
  type CompositeMetric,
  expressionText,
  type Manifest,
  type Metric,
  type SimpleMetric,
  spanText,
} from '../compiler/index.ts'

/** How a metric is calculated, as a sentence. */
export function metricWords(metric: Metric, manifest: Manifest): string {
  return metric.type === 'simple' ? simpleWords(metric, manifest) : compositeWords(metric, manifest)
}

const AGGREGATES: Readonly<Record<Exclude<SimpleMetric['agg'], 'count' | 'percentile'>, string>> = {
  count_distinct: 'The number of different values of',
  sum: 'The sum of',
  avg: 'The average of',
  min: 'The least of',
  max: 'The greatest of',
  median: 'The median of',
}

function simpleWords({ agg, sql, filter, percentile, model }: SimpleMetric, { models }: Manifest): string {
  const rows = `the rows of ${models.find(({ name }) => name === model)?.label ?? model}`
  const value = sql === null ? '' : ` ${expressionText(sql)}`
  const where = filter === null ? '' : `, where ${expressionText(filter)}`
  if (agg === 'count' && sql === null) return `The number of ${rows.replace('the ', '')}${where}.`
  if (agg === 'count') return `The number of ${rows.replace('the ', '')} that have${value}${where}.`
  if (agg === 'percentile') return `The percentile ${percentile ?? ''} of${value} over ${rows}${where}.`
  return `${AGGREGATES[agg]}${value} over ${rows}${where}.`
}

function compositeWords({ definition, expression }: CompositeMetric, { metrics }: Manifest): string {
  const label = (name: string) => metrics.find((metric) => metric.name === name)?.label ?? name
  if ('numerator' in definition) return `${label(definition.numerator)} divided by ${label(definition.denominator)}.`
  if ('expr' in definition) return `Calculated as ${definition.expr || expressionText(expression)}.`
  if ('offset' in definition) return `${label(definition.metric)} as it was ${spanText(definition.offset)} before.`
  const { window } = definition
  if ('toDate' in window) return `${label(definition.metric)} since the beginning of the ${window.toDate}.`
  if ('trailing' in window) return `${label(definition.metric)} over the last ${spanText(window.trailing)}.`
  return `${label(definition.metric)} since the beginning of the data.`
}
