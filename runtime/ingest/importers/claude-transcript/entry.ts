import { count, isRow, type Row, row, rows, text, time } from '../value.ts'

/** A line of a transcript that says something. */
export interface Entry {
  readonly line: number
  readonly session: string
  readonly time: string
  readonly type: string
  readonly version: string
  readonly branch: string
  readonly isSidechain: boolean
  readonly isMeta: boolean
  readonly message: Row
  readonly content: readonly Row[]
  /** Length of what was written, where it was plain text. */
  readonly textLength: number
  readonly row: Row
}

/** The entry of a line, a reason why it is none, or null for lines that say nothing of work. */
export function readEntry(line: string, number: number): Entry | string | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    return 'not JSON'
  }
  if (!isRow(parsed)) return 'not an object'
  const type = text(parsed.type)
  if (type === '') return 'without a type'
  if (type !== 'user' && type !== 'assistant' && type !== 'system') return null
  const session = text(parsed.sessionId)
  if (session === '') return 'without a session'
  const at = time(parsed.timestamp)
  if (at === '') return 'without a time'
  if (type !== 'system' && !isRow(parsed.message)) return 'without a message'
  const message = row(parsed.message)
  return {
    line: number,
    session,
    time: at,
    type,
    version: text(parsed.version),
    branch: text(parsed.gitBranch),
    isSidechain: parsed.isSidechain === true,
    isMeta: parsed.isMeta === true,
    message,
    content: rows(message.content),
    textLength: textLength(message.content),
    row: parsed,
  }
}

function textLength(content: unknown): number {
  if (typeof content === 'string') return content.length
  return rows(content).reduce((sum, block) => sum + (block.type === 'text' ? text(block.text).length : 0), 0)
}

export interface Lines {
  readonly added: number
  readonly deleted: number
}

/** Lines that an edit changed, from the patch beside its result, or all of a file that was created. */
export function changedLines(result: unknown): Lines {
  const patches = rows(row(result).structuredPatch).flatMap((hunk) => (Array.isArray(hunk.lines) ? hunk.lines : []))
  if (patches.length === 0 && row(result).type === 'create') {
    return { added: text(row(result).content).replace(/\n$/, '').split('\n').length, deleted: 0 }
  }
  const starting = (sign: string) => patches.filter((line) => text(line).startsWith(sign)).length
  return { added: starting('+'), deleted: starting('-') }
}

export function tokensOf(usage: unknown) {
  const given = row(usage)
  return {
    input_tokens: count(given.input_tokens),
    output_tokens: count(given.output_tokens),
    cache_read_tokens: count(given.cache_read_input_tokens),
    cache_write_tokens: count(given.cache_creation_input_tokens),
  }
}
