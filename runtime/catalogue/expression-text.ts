import type { SqlExpression } from '../compiler/index.ts'

/** An expression as it is written in definitions: references in braces. */
export function expressionText(expression: SqlExpression): string {
  return expression
    .map((part) => {
      if ('text' in part) return part.text
      return 'metric' in part ? `{${part.metric}}` : `{${part.model}.${part.dimension}}`
    })
    .join('')
    .trim()
}
