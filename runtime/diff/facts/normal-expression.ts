import { expressionText, type SqlExpression } from '../../compiler/index.ts'
import { normalSql } from '../normal-sql.ts'
import type { Names } from '../renames.ts'

/** SQL of a definition without its formatting, its references by their full names. */
export function normalExpression(expression: SqlExpression | null, names: Names): string | null {
  if (expression === null) return null
  const text = expressionText(expression, (part) =>
    'metric' in part ? `{${names.metric(part.metric)}}` : `{${names.dimension(part)}}`,
  )
  return normalSql(text)
}
