import { type SqlToken, significant, tokenizeSql } from './sql-tokens.ts'
import { AGGREGATES } from './sql-words.ts'

export interface Found {
  readonly text: string
  readonly start: number
  readonly length: number
}

/** An aggregate function called where only expressions over single rows belong; not in subqueries or windows. */
export function findAggregate(sql: string): Found | undefined {
  const tokens = significant(tokenizeSql(sql))
  const words = new Set(tokens.filter(({ kind }) => kind === 'word').map(({ text }) => text.toLowerCase()))
  if (words.has('select') || words.has('over')) return undefined
  const call = tokens.find(
    (token, index) =>
      token.kind === 'word' &&
      AGGREGATES.has(token.text.toLowerCase()) &&
      tokens[index + 1]?.text === '(' &&
      !takesTwo(tokens, index),
  )
  return call && { text: call.text, start: call.start, length: call.text.length }
}

/** `'{status}'`: a reference in quotes is text, which is hardly ever meant. */
export function findQuotedReferences(sql: string): readonly (Found & { readonly reference: string })[] {
  return tokenizeSql(sql).flatMap((token) => {
    const reference = token.kind === 'string' ? /^'\{([a-z][a-z0-9_.]*)\}'$/.exec(token.text)?.[1] : undefined
    return reference === undefined
      ? []
      : [{ reference, text: token.text, start: token.start, length: token.text.length }]
  })
}

/** Comparisons `{reference} = 'text'` and `{reference} in ('a', 'b')`, so that values can be checked. */
export function findComparisons(
  sql: string,
): readonly (Found & { readonly reference: string; readonly value: string })[] {
  const tokens = significant(tokenizeSql(sql))
  return tokens.flatMap((token, index) => {
    const reference = token.kind === 'braces' ? token.text.slice(1, -1).trim() : undefined
    if (reference === undefined) return []
    return comparedValues(tokens, index + 1).map((value) => ({
      reference,
      value: value.text.slice(1, -1).replaceAll("''", "'"),
      text: value.text,
      start: value.start,
      length: value.text.length,
    }))
  })
}

function comparedValues(tokens: readonly SqlToken[], from: number): readonly SqlToken[] {
  const first = tokens[from]?.text.toLowerCase()
  const second = tokens[from + 1]
  if (first === '=' || first === '<>' || first === '!=') return second?.kind === 'string' ? [second] : []
  const list = first === 'in' ? from + 1 : first === 'not' && second?.text.toLowerCase() === 'in' ? from + 2 : undefined
  if (list === undefined || tokens[list]?.text !== '(') return []
  const end = tokens.findIndex((token, index) => index > list && token.text === ')')
  return tokens.slice(list + 1, end).filter(({ kind }) => kind === 'string')
}

/** True for `min(a, b)` and `max(a, b)`, which some engines have for single rows. */
function takesTwo(tokens: readonly SqlToken[], index: number): boolean {
  if (!/^(min|max)$/i.test(tokens[index]?.text ?? '')) return false
  let depth = 0
  for (const token of tokens.slice(index + 1)) {
    if (token.text === '(') depth++
    if (token.text === ')' && --depth === 0) return false
    if (token.text === ',' && depth === 1) return true
  }
  return false
}
