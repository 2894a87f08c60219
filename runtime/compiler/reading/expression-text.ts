import type { SqlExpression, SqlPart } from '../manifest.ts'

type Reference = Exclude<SqlPart, { readonly text: string }>

/** An expression as it is written in definitions: references in braces, dimensions with their model, unless `print` says otherwise. */
export function expressionText(expression: SqlExpression, print: (reference: Reference) => string = inBraces): string {
  return expression
    .map((part) => ('text' in part ? part.text : print(part)))
    .join('')
    .trim()
}

const inBraces = (part: Reference) => ('metric' in part ? `{${part.metric}}` : `{${part.model}.${part.dimension}}`)
