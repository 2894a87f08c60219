import { Type } from '@sinclair/typebox'
import type { Metric, SqlExpression } from '../../compiler/index.ts'
import { fail, suggest } from '../../diagnostics/index.ts'
import type { Tool } from '../tool.ts'
import { visibleMetrics } from './list-metrics.ts'

export const explainMetric: Tool = {
  name: 'explain_metric',
  title: 'Explain a metric',
  description:
    'How a metric is computed, by which dimensions it can be grouped and filtered, its unit, thresholds, owner, where it is declared and where it is used.',
  input: Type.Object({ name: Type.String({ description: 'Name of the metric.' }) }, { additionalProperties: false }),
  run: async (desk, input) => {
    const name = String(input.name)
    const metrics = visibleMetrics(desk)
    const metric = metrics.find((item) => item.name === name)
    if (metric === undefined) {
      return fail('AM4001', `There is no metric \`${name}\`.`, {
        hint: suggest(
          name,
          metrics.map((item) => item.name),
        ),
      })
    }
    const meta = desk
      .views()
      .flatMap((view) => view.metrics)
      .find((item) => item.name === name)
    const uses = desk.manifest().lineage.filter(({ from }) => from === `metric:${name}`)
    const { label, description, owner, category, tier, refresh, format, direction, thresholds, deprecated, source } =
      metric
    const about = {
      name,
      label,
      description,
      owner,
      category,
      tier,
      refresh,
      format,
      direction,
      thresholds,
      deprecated,
    }
    return {
      ...about,
      definition: definitionOf(metric),
      dimensions: meta?.dimensions ?? [],
      used_by: uses.map(({ to }) => to),
      source,
    }
  },
}

function definitionOf(metric: Metric) {
  if (metric.type !== 'simple') return { type: metric.type, ...metric.definition }
  const { agg, percentile, model } = metric
  return {
    type: metric.type,
    semantic_model: model,
    agg,
    ...(percentile !== null && { percentile }),
    sql: metric.sql === null ? null : textOf(metric.sql),
    filter: metric.filter === null ? null : textOf(metric.filter),
  }
}

const textOf = (expression: SqlExpression) =>
  expression
    .map((part) =>
      'text' in part ? part.text : 'metric' in part ? `{${part.metric}}` : `{${part.model}.${part.dimension}}`,
    )
    .join('')
