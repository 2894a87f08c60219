import type { FilterProblem, TextSpan } from './filter.ts'

export type FilterToken = TextSpan &
  (
    | { readonly kind: 'reference'; readonly name: string }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'word'; readonly word: string; readonly text: string }
    | { readonly kind: 'symbol'; readonly text: string }
    | { readonly kind: 'end' }
  )

/** Thrown and caught inside this folder only. */
export class FilterSyntaxError extends Error {
  readonly problem: FilterProblem

  constructor(problem: FilterProblem) {
    super(problem.message)
    this.problem = problem
  }
}

export function refuse(message: string, span: TextSpan, hint?: string): never {
  const { start, end } = span
  throw new FilterSyntaxError({ message, start, end, ...(hint === undefined ? {} : { hint }) })
}

const PATTERN =
  /(?<space>\s+)|(?<reference>\{[^{}]*\})|(?<string>'(?:[^']|'')*')|(?<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]))|(?<word>[A-Za-z_][\w.]*)|(?<symbol><=|>=|<>|!=|==|&&|\|\||[=<>(),!])/y

export function tokenizeFilter(text: string): readonly FilterToken[] {
  const tokens: FilterToken[] = []
  const pattern = new RegExp(PATTERN)
  for (let start = 0; start < text.length; start = pattern.lastIndex) {
    pattern.lastIndex = start
    const groups = pattern.exec(text)?.groups
    if (groups === undefined) refuseCharacter(text, start)
    const token = tokenOf(groups, { start, end: pattern.lastIndex })
    if (token !== undefined) tokens.push(token)
  }
  return [...tokens, { kind: 'end', start: text.length, end: text.length }]
}

function tokenOf(groups: Record<string, string | undefined>, span: TextSpan): FilterToken | undefined {
  const { reference, string, number, word, symbol } = groups
  if (reference !== undefined) return referenceToken(reference, span)
  if (string !== undefined) return { ...span, kind: 'string', value: string.slice(1, -1).replaceAll("''", "'") }
  if (number !== undefined) return { ...span, kind: 'number', value: Number(number) }
  if (word !== undefined) return { ...span, kind: 'word', word: word.toLowerCase(), text: word }
  if (symbol !== undefined) return { ...span, kind: 'symbol', text: symbol }
  return undefined
}

function referenceToken(text: string, { start, end }: TextSpan): FilterToken {
  const name = text.slice(1, -1).trim()
  const inner = start + 1 + text.slice(1).search(/\S/)
  if (!/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/.test(name)) {
    refuse(
      name === '' ? 'The braces are empty.' : `\`${name}\` is not a name.`,
      { start, end },
      'Write a dimension by `{name}` or by `{model.name}`.',
    )
  }
  return { kind: 'reference', name, start: inner, end: inner + name.length }
}

function refuseCharacter(text: string, start: number): never {
  const character = text.charAt(start)
  const span = { start, end: start + 1 }
  if (character === "'")
    refuse('The text that starts here never ends.', { start, end: text.length }, "Close it with '.")
  if (character === '"') {
    const value = /^"([^"]*)"/.exec(text.slice(start))?.[1]
    const hint = value === undefined ? "Text stands in single quotes: 'core'." : `Write '${value}' in single quotes.`
    refuse('Text stands in single quotes, not in double ones.', { start, end: start + (value?.length ?? -1) + 2 }, hint)
  }
  if (character === '{') refuse('The brace that opens here is never closed.', span, 'Write `{name}`.')
  if (character === '}') refuse('A brace closes here that was never opened.', span, 'Write `{name}`.')
  if (character === ';') refuse('A filter is one condition: `;` has no meaning in it.', span, 'Remove it.')
  if (/[+\-*/%]/.test(character)) {
    refuse(
      `Filters compare dimensions with values; they do not calculate (\`${character}\`).`,
      span,
      'Declare a dimension with this SQL and compare that.',
    )
  }
  refuse(`\`${character}\` has no meaning in a filter.`, span, "Write a condition such as `{team} = 'core'`.")
}
