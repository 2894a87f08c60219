import type { SemanticModel, SqlExpression } from '../../compiler/index.ts'
import type { DimensionType } from '../../definitions/index.ts'
import type { Dialect } from '../../warehouse/index.ts'
import type { ModelIndex } from './model-index.ts'
import { qualifyColumns } from './sql-tokens.ts'

/** True where the expression, followed through its dimensions, reads another model than its own. */
export function crossesJoin(index: ModelIndex, model: string, expression: SqlExpression): boolean {
  return expression.some((part) => {
    if (!('dimension' in part)) return false
    return part.model !== model || crossesJoin(index, model, index.dimension(part).sql)
  })
}

/** SQL of an expression that stays in its model, to stand in a SELECT from that relation alone. */
export function ownSql(index: ModelIndex, expression: SqlExpression): string {
  return expression
    .map((part) => {
      if ('text' in part) return part.text
      if ('dimension' in part) return `(${ownSql(index, index.dimension(part).sql)})`
      throw new Error(`a metric in the SQL of a model: ${part.metric}`)
    })
    .join('')
}

/** SQL of an expression where several models are joined: `alias` names the table of each. */
export function joinedSql(
  index: ModelIndex,
  dialect: Dialect,
  model: string,
  expression: SqlExpression,
  alias: (model: string) => string,
): string {
  const columns = columnNames(index.model(model))
  const qualify = (column: string) => `${dialect.quote(alias(model))}.${dialect.quote(column)}`
  return expression
    .map((part) => {
      if ('text' in part) return qualifyColumns(part.text, columns, qualify)
      if ('metric' in part) throw new Error(`a metric in the SQL of a model: ${part.metric}`)
      return `(${joinedSql(index, dialect, part.model, index.dimension(part).sql, alias)})`
    })
    .join('')
}

export const columnNames = (model: SemanticModel): ReadonlySet<string> =>
  new Set(model.columns.map((column) => column.name))

/** Other models that an expression reads, through dimensions of dimensions too. */
export function modelsOf(index: ModelIndex, model: string, expression: SqlExpression): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (parts: SqlExpression) => {
    for (const part of parts) {
      if (!('dimension' in part)) continue
      if (part.model !== model) found.add(part.model)
      visit(index.dimension(part).sql)
    }
  }
  visit(expression)
  return found
}

/** The expression with the type that answers and filters rely on: text for strings, UTC without zone for times. */
export function typedDimension(sql: string, type: DimensionType): string {
  if (type === 'string' || type === 'geo') return `CAST(${sql} AS VARCHAR)`
  if (type === 'time') return `CAST(${sql} AS TIMESTAMP)`
  if (type === 'boolean') return `CAST(${sql} AS BOOLEAN)`
  return sql
}

export const quoteRelation = (dialect: Dialect, relation: string): string =>
  relation.split('.').map(dialect.quote).join('.')
