import { significantSql } from '../../compiler/index.ts'

type Token = ReturnType<typeof significantSql>[number]

/** What stands instead of `count` tokens. */
interface Replacement {
  readonly text: string
  readonly count?: number
}

/** SQL with some of its tokens replaced; texts in quotes and comments are never looked at. */
export function editSql(
  sql: string,
  edit: (tokens: readonly Token[], index: number) => Replacement | undefined,
): string {
  const tokens = significantSql(sql)
  let out = ''
  let done = 0
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    const replacement = edit(tokens, index)
    if (token === undefined || replacement === undefined) continue
    const last = tokens[index + (replacement.count ?? 1) - 1] ?? token
    out += sql.slice(done, token.start) + replacement.text
    done = last.start + last.text.length
    index += (replacement.count ?? 1) - 1
  }
  return (out + sql.slice(done)).trim()
}

/** What stands in the braces of a token, `${…}` or `{…}`. */
export function inBraces(token: Token | undefined): string | undefined {
  return token?.kind === 'braces' ? /^\$?\{\s*(.*?)\s*\}$/s.exec(token.text)?.[1] : undefined
}

/** The column where SQL is nothing else. */
export function asColumn(sql: string): string | undefined {
  const [, bare, quoted] = /^\s*(?:([A-Za-z_][A-Za-z0-9_$]*)|"([^"]+)")\s*$/.exec(sql) ?? []
  return bare ?? quoted
}

const TEMPLATE = /\{\{|\{%|\{#/

export const hasTemplate = (sql: string): boolean => TEMPLATE.test(sql)

const AGGREGATE =
  /\b(?:sum|count|avg|min|max|median|percentile_cont|percentile_disc|quantile\w*|approx_\w+|any_value|array_agg|string_agg|listagg|stddev\w*|var\w*)\s*\(/i

export const hasAggregate = (sql: string): boolean => AGGREGATE.test(sql)

/** Conditions that all hold. */
export function allOf(conditions: readonly string[]): string | undefined {
  const [first, second] = conditions
  if (first === undefined) return undefined
  return second === undefined ? first : conditions.map((condition) => `(${condition})`).join(' and ')
}
