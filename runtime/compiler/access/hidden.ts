import { sqlColumns } from '../expression/index.ts'
import type { DimensionRef, Metric, SqlExpression } from '../manifest.ts'
import { type DimensionSpace, dimensionsIn, type ModelSet } from '../models/index.ts'

/** Every dimension by which something hidden could be read: what is computed from it, and its column by other names. */
export function hiddenWith(models: ModelSet, hidden: readonly DimensionRef[]): ReadonlySet<string> {
  const found = new Set(hidden.map(keyOf))
  for (let before = -1; before !== found.size; ) {
    before = found.size
    const columns = columnsOf(models, found)
    for (const [key, sql] of models.expressions) {
      if (!found.has(key) && reveals(models.space, modelOf(key), sql, found, columns)) found.add(key)
    }
  }
  return found
}

/** Metrics whose values are values of a hidden dimension. */
export function hiddenMetrics(
  models: ModelSet,
  metrics: readonly Metric[],
  hidden: ReadonlySet<string>,
): readonly Metric[] {
  const columns = columnsOf(models, hidden)
  return metrics.filter(
    (metric) =>
      metric.type === 'simple' &&
      (metric.agg === 'min' || metric.agg === 'max') &&
      metric.sql !== null &&
      reveals(models.space, metric.model, metric.sql, hidden, columns),
  )
}

function reveals(
  space: DimensionSpace,
  model: string,
  sql: SqlExpression,
  hidden: ReadonlySet<string>,
  columns: ReadonlySet<string>,
): boolean {
  if (dimensionsIn(sql).some((ref) => hidden.has(keyOf(ref)))) return true
  const relation = space.nodes.get(model)?.declared.value.relation
  return textOf(sql).some((column) => columns.has(`${relation}.${column}`))
}

/** Columns, by relation, that hidden dimensions show as they are. */
function columnsOf({ expressions, space }: ModelSet, hidden: ReadonlySet<string>): ReadonlySet<string> {
  const columns = new Set<string>()
  for (const key of hidden) {
    const [only, more] = expressions.get(key) ?? []
    if (only === undefined || more !== undefined || !('text' in only)) continue
    const relation = space.nodes.get(modelOf(key))?.declared.value.relation
    const plain = /^"((?:[^"]|"")+)"$|^(\w+)$/.exec(only.text.trim())
    const column = plain?.[1]?.replaceAll('""', '"') ?? plain?.[2]?.toLowerCase()
    if (column !== undefined) columns.add(`${relation}.${column}`)
  }
  return columns
}

const textOf = (sql: SqlExpression) => sql.flatMap((part) => ('text' in part ? sqlColumns(part.text) : []))

const keyOf = ({ model, dimension }: DimensionRef) => `${model}.${dimension}`
const modelOf = (key: string) => key.slice(0, key.indexOf('.'))
