import { expressionText, type Manifest, type Metric, type SqlExpression } from '../compiler/index.ts'
import type { Target } from '../rename/index.ts'

/** What somebody wants to know of a name: what it means, how it is computed, where it is from. Markdown. */
export async function hoverText(
  manifest: Manifest,
  target: Target,
  sqlOf: (metric: string) => Promise<string | undefined>,
): Promise<string> {
  if (target.kind === 'metric') {
    const metric = manifest.metrics.find(({ name }) => name === target.name)
    return metric === undefined ? '' : metricText(metric, await sqlOf(metric.name))
  }
  const model = manifest.models.find(({ name }) => name === (target.kind === 'model' ? target.name : target.model))
  if (model === undefined) return ''
  if (target.kind === 'model') {
    return lines([
      `**${model.label}** · semantic model over \`${model.relation}\``,
      model.description,
      `${model.dimensions.length} dimensions`,
    ])
  }
  const dimension = model.dimensions.find(({ name }) => name === target.name)
  if (dimension === undefined) return ''
  return lines([
    `**${dimension.label}** · ${dimension.type} dimension of \`${model.name}\``,
    dimension.description,
    code(textOf(dimension.sql)),
    dimension.values === null ? '' : `Values: ${dimension.values.join(', ')}`,
  ])
}

function metricText(metric: Metric, sql: string | undefined): string {
  const { label, type, description, owner, tier, deprecated } = metric
  return lines([
    `**${label}** · ${type} metric`,
    description,
    code(definitionText(metric)),
    [owner && `Owner: ${owner}`, tier].filter(Boolean).join(' · '),
    deprecated === null
      ? ''
      : `⚠ Deprecated since ${deprecated.since}${deprecated.use === undefined ? '' : `: use \`${deprecated.use}\``}`,
    sql === undefined ? '' : code(sql),
  ])
}

function definitionText(metric: Metric): string {
  if (metric.type !== 'simple') {
    const { definition } = metric
    if ('expr' in definition) return definition.expr
    if ('numerator' in definition) return `{${definition.numerator}} / {${definition.denominator}}`
    return `{${definition.metric}} ${JSON.stringify('window' in definition ? definition.window : definition.offset)}`
  }
  const of = metric.sql === null ? '*' : textOf(metric.sql)
  const where = metric.filter === null ? '' : ` where ${textOf(metric.filter)}`
  return `${metric.agg}(${of})${where}`
}

/** Short, as one writes it within the model. */
const textOf = (expression: SqlExpression) =>
  expressionText(expression, (part) => ('metric' in part ? `{${part.metric}}` : `{${part.dimension}}`))

const code = (sql: string) => `\`\`\`sql\n${sql}\n\`\`\``
const lines = (parts: readonly string[]) => parts.filter((part) => part !== '').join('\n\n')
