import { type SqlToken, significant, tokenizeSql } from '../expression/index.ts'

export interface ShapeProblem {
  readonly message: string
  readonly hint: string
  readonly offset: number
  readonly length: number
}

const FIRST_WORDS = new Set([
  'select',
  'with',
  'from',
  'values',
  'table',
  'pivot',
  'unpivot',
  'summarize',
  'describe',
  '(',
])

/** A model is one SELECT: what else it is. */
export function checkShape(sql: string): ShapeProblem | undefined {
  const tokens = significant(tokenizeSql(sql)).filter(({ kind }) => kind !== 'template')
  const open = tokens.find(({ kind }) => kind === 'open')
  if (open !== undefined) return problem(open, `The ${openWord(open)} that starts here never ends.`, 'Close it.')
  const [first] = tokens
  if (first === undefined) {
    return {
      message: 'The file holds no SQL.',
      hint: 'Write the SELECT that makes the relation.',
      offset: 0,
      length: 1,
    }
  }
  const end = tokens.findIndex(({ text }) => text === ';')
  const second = tokens.slice(end + 1).find(({ text }) => text !== ';')
  if (end >= 0 && second !== undefined) {
    return problem(second, 'A model is one SELECT, and a second statement starts here.', 'Make a model of each.')
  }
  if (FIRST_WORDS.has(first.text.toLowerCase())) return undefined
  const hint = /^(create|insert|replace|drop)$/i.test(first.text)
    ? 'Write the SELECT alone: `materialized` says how the relation is made.'
    : 'Start with `select` or `with`.'
  return problem(first, `A model is one SELECT; this one starts with \`${first.text}\`.`, hint)
}

/** The statement without the `;` at its end. */
export const withoutSemicolon = (sql: string): string => sql.replace(/\s*;[\s;]*$/, '\n')

/** Tables named as they are after FROM and JOIN; names that the statement itself defines are none. */
export function findTables(sql: string): readonly SqlToken[] {
  const tokens = significant(tokenizeSql(sql))
  const defined = new Set(
    tokens.flatMap((token, index) =>
      token.kind === 'word' && tokens[index + 1]?.text.toLowerCase() === 'as' ? [token.text.toLowerCase()] : [],
    ),
  )
  return tokens.filter((token, index) => {
    const before = tokens[index - 1]?.text.toLowerCase()
    const after = tokens[index + 1]?.text
    if (token.kind !== 'word' || (before !== 'from' && before !== 'join')) return false
    return after !== '.' && after !== '(' && !defined.has(token.text.toLowerCase())
  })
}

/** True where the select list takes over all columns of what it reads. */
export function selectsAll(sql: string): boolean {
  const tokens = significant(tokenizeSql(sql))
  return tokens.some(({ text }, index) => {
    const before = tokens[index - 1]?.text.toLowerCase() ?? ''
    return text === '*' && (['select', 'distinct', ',', '.', 'all'].includes(before) || index === 0)
  })
}

/** True where the SQL mentions the column anywhere. */
export const mentions = (sql: string, column: string): boolean =>
  tokenizeSql(sql).some(({ kind, text }) =>
    kind === 'word' ? text.toLowerCase() === column.toLowerCase() : kind === 'quoted' && text.slice(1, -1) === column,
  )

const openWord = ({ text }: SqlToken) => (text === "'" ? 'text' : text === '"' ? 'quoted name' : 'comment')

const problem = (token: SqlToken, message: string, hint: string): ShapeProblem => ({
  message,
  hint,
  offset: token.start,
  length: token.text.length,
})
