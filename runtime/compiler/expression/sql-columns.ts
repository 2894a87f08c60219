import { remember } from './remember.ts'
import { type SqlToken, significant, tokenizeSql } from './sql-tokens.ts'
import { KEYWORDS, LITERAL_TYPES, UNITS } from './sql-words.ts'

/** A name in SQL that is most likely a column, as the warehouse knows it. */
export interface SqlColumn {
  readonly name: string
  readonly start: number
  readonly length: number
}

/** Names in SQL that are most likely columns, each once; references in braces are none. */
export const sqlColumns = remember((sql: string): readonly string[] => {
  const quoted = /^"([^"]+)"$/.exec(sql)?.[1]
  return quoted === undefined ? [...new Set(findColumns(sql).map(({ name }) => name))] : [quoted]
})

/** Every place in SQL where most likely a column is named. */
export function findColumns(sql: string): readonly SqlColumn[] {
  const tokens = significant(tokenizeSql(sql))
  return tokens.flatMap((token, index) => {
    const name = columnName(token)
    if (name === undefined || !standsAsColumn(tokens, index)) return []
    return [{ name, start: token.start, length: token.text.length }]
  })
}

function columnName(token: SqlToken): string | undefined {
  if (token.kind === 'quoted') return token.text.slice(1, -1).replaceAll('""', '"') || undefined
  return token.kind === 'word' ? token.text.toLowerCase() : undefined
}

function standsAsColumn(tokens: readonly SqlToken[], index: number): boolean {
  const token = tokens[index]
  const before = lower(tokens[index - 1])
  const after = tokens[index + 1]
  if (after?.text === '(' || after?.text === '.') return false
  if (before === 'as' || before === '::') return false
  if (token?.kind === 'quoted') return true
  const word = lower(token)
  if (before === '.') return true
  if (KEYWORDS.has(word)) return false
  if (LITERAL_TYPES.has(word) && after?.kind === 'string') return false
  return !isTimeWord(word, before, tokens[index - 1], after) && !isTypeTail(tokens, index)
}

/** Units in `interval 1 day` and `extract(epoch from x)`, and the words of `at time zone`. */
function isTimeWord(
  word: string,
  before: string,
  previous: SqlToken | undefined,
  after: SqlToken | undefined,
): boolean {
  if (UNITS.has(word) && (previous?.kind === 'number' || previous?.kind === 'string' || lower(after) === 'from'))
    return true
  if (word === 'time' && before === 'at') return true
  return word === 'zone' && before === 'time'
}

/** The second word of a type such as `double precision` or `timestamp with time zone`. */
function isTypeTail(tokens: readonly SqlToken[], index: number): boolean {
  const before = lower(tokens[index - 2])
  return (before === 'as' || before === '::') && tokens[index - 1]?.kind === 'word' && tokens[index + 1]?.text !== ','
}

const lower = (token: SqlToken | undefined) => token?.text.toLowerCase() ?? ''
