import { SqlError, type SqlErrorKind } from '../sql-error.ts'

interface DuckDbMessage {
  readonly exception_type?: string
  readonly exception_message?: string
  readonly position?: string
}

const KINDS: Readonly<Record<string, SqlErrorKind>> = {
  Parser: 'syntax',
  Syntax: 'syntax',
  Binder: 'missing',
  Catalog: 'missing',
  Permission: 'permission',
  Conversion: 'value',
  'Invalid Input': 'value',
  'Out of Range': 'value',
  Constraint: 'value',
  TransactionContext: 'conflict',
  Interrupted: 'cancelled',
  INTERRUPT: 'cancelled',
  FATAL: 'fatal',
  Fatal: 'fatal',
}

/** Reads what DuckDB says with `errors_as_json`; some errors come as plain text all the same. */
export function duckDbError(error: unknown, sql: string): SqlError {
  const text = error instanceof Error ? error.message : String(error)
  const {
    exception_type = typeOf(text),
    exception_message = text.replace(/^[A-Za-z ]+ Error: /, ''),
    position,
  } = parse(text)
  const [message = '', ...rest] = exception_message.split('\n')
  const hint = rest.filter((line) => line.trim() !== '' && !/^(LINE \d+:|\s*\^)/.test(line)).join('\n')
  return new SqlError(message.trim(), {
    kind: text.includes('database has been invalidated') ? 'fatal' : (KINDS[exception_type] ?? 'other'),
    sql,
    offset: position === undefined ? undefined : offsetOfByte(sql, Number(position)),
    hint: hint === '' ? undefined : hint,
    cause: error,
  })
}

const typeOf = (text: string) => /^([A-Za-z ]+?) Error:/.exec(text)?.[1] ?? ''

function parse(text: string): DuckDbMessage {
  const start = text.indexOf('{"')
  if (start < 0) return {}
  try {
    return JSON.parse(text.slice(start)) as DuckDbMessage
  } catch {
    return {}
  }
}

function offsetOfByte(sql: string, position: number): number {
  return Buffer.from(sql).subarray(0, position).toString().length
}
