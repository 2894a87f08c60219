import { remember } from './remember.ts'

/** A piece of SQL written by a user. `braces` is what stands in `{…}`; a token that never ends is `open`. */
export interface SqlToken {
  readonly kind:
    | 'space'
    | 'comment'
    | 'string'
    | 'quoted'
    | 'template'
    | 'braces'
    | 'number'
    | 'word'
    | 'symbol'
    | 'open'
  readonly text: string
  readonly start: number
}

const PATTERN = new RegExp(
  [
    '(?<space>\\s+)',
    '(?<comment>--[^\\n]*|/\\*[\\s\\S]*?\\*/)',
    "(?<string>'(?:[^']|'')*'|\\$(?<tag>\\w*)\\$[\\s\\S]*?\\$\\k<tag>\\$)",
    '(?<quoted>"(?:[^"]|"")*")',
    '(?<template>\\{\\{[\\s\\S]*?\\}\\}|\\{%[\\s\\S]*?%\\})',
    '(?<braces>\\$?\\{[^{}\'":]*\\})',
    '(?<open>[\'"]|/\\*)',
    '(?<number>(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)',
    '(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)',
    '(?<symbol>::|<=|>=|<>|!=|==|\\|\\||->>|->|=>|[\\s\\S])',
  ].join('|'),
  'gu',
)
const KINDS = [
  'space',
  'comment',
  'string',
  'quoted',
  'template',
  'braces',
  'open',
  'number',
  'word',
  'symbol',
] as const

/** Splits SQL into tokens; joined again they are the same text. */
export const tokenizeSql = remember(tokenize)

function tokenize(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = []
  for (const match of sql.matchAll(PATTERN)) {
    const kind = KINDS.find((name) => match.groups?.[name] !== undefined) ?? 'symbol'
    tokens.push({ kind, text: match[0], start: match.index })
  }
  return tokens
}

/** Tokens that mean something: neither space nor comment. */
export const significant = (tokens: readonly SqlToken[]): readonly SqlToken[] =>
  tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment')

/** The tokens of SQL that mean something. */
export const significantSql = (sql: string): readonly SqlToken[] => significant(tokenizeSql(sql))
