import type { SqlExpression } from '../../compiler/index.ts'
import { normalSql } from '../normal-sql.ts'
import type { Names } from '../renames.ts'

/** SQL of a definition without its formatting, its references by their full names. */
export function expressionText(expression: SqlExpression | null, names: Names): string | null {
  if (expression === null) return null
  const text = expression
    .map((part) => {
      if ('text' in part) return part.text
      return 'metric' in part ? `{${names.metric(part.metric)}}` : `{${names.dimension(part)}}`
    })
    .join('')
  return normalSql(text)
}
