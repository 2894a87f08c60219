import { remember } from './remember.ts'
import { type SqlToken, significant, tokenizeSql } from './sql-tokens.ts'

/** SQL of a user, split at its references. Comments are gone: they could swallow what is put behind. */
export interface ParsedSql {
  readonly parts: readonly ParsedPart[]
  readonly problems: readonly SqlProblem[]
}
export type ParsedPart = { readonly text: string } | SqlReference

export interface SqlReference extends Span {
  /** As written: `status` or `teams.name`. */
  readonly reference: string
}

export interface SqlProblem extends Span {
  readonly kind: 'reference' | 'syntax'
  readonly message: string
  readonly hint?: string
}

interface Span {
  readonly start: number
  readonly length: number
}

const REFERENCE = /^\{\s*([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)\s*\}$/

export const parseSql = remember((sql: string): ParsedSql => {
  const tokens = tokenizeSql(sql)
  return { parts: partsOf(tokens), problems: [...tokens.flatMap(problemOf), ...parenthesisProblems(tokens)] }
})

export const referencesOf = ({ parts }: ParsedSql): readonly SqlReference[] =>
  parts.filter((part): part is SqlReference => 'reference' in part)

function partsOf(tokens: readonly SqlToken[]): readonly ParsedPart[] {
  const parts: ParsedPart[] = []
  let text = ''
  const flush = () => {
    if (text !== '') parts.push({ text })
    text = ''
  }
  for (const token of tokens) {
    const reference = token.kind === 'braces' ? REFERENCE.exec(token.text)?.[1] : undefined
    if (reference === undefined) {
      text += token.kind === 'comment' ? ' ' : token.text
      continue
    }
    flush()
    parts.push({ reference, start: token.start + token.text.indexOf(reference), length: reference.length })
  }
  text = text.trimEnd()
  flush()
  return parts
}

function problemOf(token: SqlToken): readonly SqlProblem[] {
  const span = { start: token.start, length: token.text.length }
  const syntax = (message: string, hint: string) => [{ ...span, kind: 'syntax' as const, message, hint }]
  const reference = (message: string, hint: string) => [{ ...span, kind: 'reference' as const, message, hint }]
  if (token.kind === 'open') {
    const what = { "'": 'The text', '"': 'The quoted name', '/*': 'The comment' }[token.text] ?? 'What'
    return syntax(
      `${what} that starts here never ends.`,
      `Close it${token.text === '/*' ? ' with */' : ` with ${token.text}`}.`,
    )
  }
  if (token.text === '""') return syntax('These quotes hold no name.', "An empty text is written ''.")
  if (token.text === ';') return syntax('`;` ends a statement, and this is an expression.', 'Remove the `;`.')
  if (token.kind === 'template') {
    const name = token.text.replace(/[{}%\s]/g, '')
    const example = /^[a-z][a-z0-9_.]*$/.test(name) ? name : 'name'
    return reference(
      'Templates such as `{{…}}` work in models/*.sql only.',
      `Refer to a dimension by \`{${example}}\`.`,
    )
  }
  if (token.kind === 'braces' && !REFERENCE.test(token.text)) return malformed(token.text, reference)
  return []
}

function malformed(
  text: string,
  reference: (message: string, hint: string) => readonly SqlProblem[],
): readonly SqlProblem[] {
  const name = text.replace(/[${}\s]/g, '')
  if (text.startsWith('$')) return reference(`\`${text}\` is not a reference.`, `Write \`{${name}}\` without the $.`)
  if (name === '') return reference('The braces are empty.', 'Write `{name}`, or `{model.name}` across a join.')
  if (/^CUBE\b/i.test(name)) {
    return reference(
      `\`${text}\` means nothing here.`,
      'Write `{name}` for a dimension of this model, or the bare column.',
    )
  }
  const fixed = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
  const isName = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/.test(fixed)
  return reference(
    `\`${text}\` is not a reference: names are snake_case.`,
    isName ? `Did you mean \`{${fixed}}\`?` : 'Write `{name}`, or `{model.name}` across a join.',
  )
}

function parenthesisProblems(tokens: readonly SqlToken[]): readonly SqlProblem[] {
  const open: SqlToken[] = []
  for (const token of significant(tokens)) {
    if (token.kind !== 'symbol') continue
    if (token.text === '(') open.push(token)
    if (token.text === ')' && open.pop() === undefined) {
      return [problemAt(token, 'A parenthesis closes here that was never opened.', 'Remove it, or open it before.')]
    }
  }
  const last = open.at(-1)
  return last === undefined ? [] : [problemAt(last, 'The parenthesis that opens here is never closed.', 'Add `)`.')]
}

const problemAt = (token: SqlToken, message: string, hint: string): SqlProblem => ({
  kind: 'syntax',
  start: token.start,
  length: token.text.length,
  message,
  hint,
})
