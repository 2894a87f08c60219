import type { DimensionType } from '../../definitions/index.ts'
import { sqlColumns } from '../expression/index.ts'
import type { Dimension, Join, Metric, SemanticModel, SqlExpression } from '../manifest.ts'
import { compareText } from '../project/index.ts'
import type { ModelNode } from './model-node.ts'

interface Reads {
  readonly node: ModelNode
  readonly tenantKey: string | null
  readonly dimensions: readonly Dimension[]
  /** Simple metrics of the model. */
  readonly metrics: readonly Metric[]
  /** Columns that joins from the model and to it meet on. */
  readonly keys: ReadonlySet<string>
  readonly sqlType: (column: string) => string | null
}

/** Columns of the relation that some definition reads, each with the type that fits best. */
export function columnsOf({ dimensions, keys, metrics, node, sqlType, tenantKey }: Reads): SemanticModel['columns'] {
  const types = new Map<string, DimensionType>()
  const guess = (name: string, type: DimensionType, certain: boolean) => {
    if (certain || !types.has(name)) types.set(name, type)
  }
  for (const { sql } of dimensions) for (const name of columnsIn(sql)) guess(name, 'string', false)
  for (const metric of metrics) {
    if (metric.type !== 'simple') continue
    for (const name of columnsIn(metric.filter ?? [])) guess(name, 'string', false)
    for (const name of columnsIn(metric.sql ?? [])) guess(name, 'string', false)
    const plain = plainColumn(metric.sql ?? [])
    if (plain !== undefined && NUMERIC.has(metric.agg)) guess(plain, 'number', true)
  }
  for (const { sql, type } of dimensions) {
    const plain = plainColumn(sql)
    if (plain !== undefined) guess(plain, type, true)
  }
  for (const name of [...keys, node.primaryKey, node.tenant ? tenantKey : null])
    if (name !== null) guess(name, 'string', false)
  return [...types]
    .map(([name, type]) => ({ name, type: typeOfSql(sqlType(name)) ?? type }))
    .sort((a, b) => compareText(a.name, b.name))
}

const NUMERIC = new Set(['sum', 'avg', 'median', 'percentile'])

/** Of every model, its columns on its side of the joins that it takes part in. */
export function keyColumns(joins: ReadonlyMap<string, readonly Join[]>): ReadonlyMap<string, ReadonlySet<string>> {
  const keys = new Map<string, Set<string>>()
  const add = (model: string, column: string) => {
    const columns = keys.get(model)
    if (columns === undefined) keys.set(model, new Set([column]))
    else columns.add(column)
  }
  for (const [from, list] of joins) {
    for (const { left, right, to } of list) {
      add(from, left)
      add(to, right)
    }
  }
  return keys
}

const columnsIn = (sql: SqlExpression): readonly string[] =>
  sql.flatMap((part) => ('text' in part ? sqlColumns(part.text) : []))

function plainColumn(sql: SqlExpression): string | undefined {
  const [only, more] = sql
  if (only === undefined || more !== undefined || !('text' in only)) return undefined
  const columns = sqlColumns(only.text)
  return columns.length === 1 && /^("(?:[^"]|"")*"|\w+)$/.test(only.text.trim()) ? columns[0] : undefined
}

function typeOfSql(type: string | null): DimensionType | undefined {
  if (type === null) return undefined
  if (/^(timestamp|date|time)/i.test(type)) return 'time'
  if (/^(bool)/i.test(type)) return 'boolean'
  if (/^(tinyint|smallint|int|integer|bigint|hugeint|u\w*int|decimal|numeric|real|float|double|serial)/i.test(type))
    return 'number'
  return 'string'
}
