import {
  type CompiledDashboard,
  expressionText,
  type Manifest,
  type Metric,
  type SqlExpression,
} from '../../compiler/index.ts'
import type { Definition } from './content.ts'

/** What the metrics of a report mean, those that they are made of included. */
export function definitionsOf(manifest: Manifest, rows: CompiledDashboard['rows']): readonly Definition[] {
  const asked = rows.flatMap(({ widgets }) => widgets.flatMap(({ query }) => query?.metrics ?? []))
  const found = new Map<string, Metric>()
  const visit = (name: string) => {
    const metric = manifest.metrics.find((item) => item.name === name)
    if (metric === undefined || found.has(name)) return
    found.set(name, metric)
    for (const part of partsOf(metric)) visit(part)
  }
  for (const name of asked) visit(name)
  return [...found.values()]
    .map((metric) => ({
      name: metric.name,
      label: metric.label,
      description: metric.description,
      formula: formulaOf(metric),
      owner: metric.owner,
    }))
    .sort((a, b) => a.label.localeCompare(b.label))
}

function partsOf(metric: Metric): readonly string[] {
  if (metric.type === 'simple') return []
  const { definition } = metric
  if ('numerator' in definition) return [definition.numerator, definition.denominator]
  if ('expr' in definition)
    return [...definition.expr.matchAll(/\{\s*([a-z0-9_]+)\s*\}/g)].map(([, name]) => name ?? '')
  return [definition.metric]
}

/** How a metric is computed, in one line. */
function formulaOf(metric: Metric): string {
  if (metric.type === 'simple') {
    const what = metric.sql === null ? 'rows' : textOf(metric.sql)
    const how =
      metric.agg === 'percentile' ? `percentile ${(metric.percentile ?? 0.5) * 100}` : metric.agg.replace('_', ' ')
    const where = metric.filter === null ? '' : ` where ${textOf(metric.filter)}`
    return `${how} of ${what} in ${metric.model}${where}`
  }
  const { definition } = metric
  if ('numerator' in definition) return `${definition.numerator} / ${definition.denominator}`
  if ('expr' in definition) return definition.expr
  if ('offset' in definition) return `${definition.metric}, ${definition.offset.count} ${definition.offset.unit} before`
  const { window } = definition
  if ('toDate' in window) return `${definition.metric}, ${window.toDate} to date`
  return 'trailing' in window
    ? `${definition.metric}, last ${window.trailing.count} ${window.trailing.unit}s`
    : `${definition.metric}, since the beginning`
}

const textOf = (expression: SqlExpression): string =>
  expressionText(expression, (part) => ('metric' in part ? part.metric : part.dimension)).replace(/\s+/g, ' ')
