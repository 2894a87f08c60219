import { DatabaseError } from 'pg'
import { SqlError, type SqlErrorKind } from '../sql-error.ts'

export function postgresError(error: unknown, sql: string): SqlError {
  if (!(error instanceof DatabaseError)) {
    return new SqlError(error instanceof Error ? error.message : String(error), { kind: 'other', sql, cause: error })
  }
  const { code = '', position, hint, detail } = error
  return new SqlError(error.message, {
    kind: kindOf(code),
    sql,
    offset: position === undefined ? undefined : offsetOf(sql, Number(position)),
    hint: [detail, hint].filter((line) => line !== undefined).join('\n') || undefined,
    cause: error,
  })
}

/** SQLSTATE of what Postgres threw, if it was Postgres. */
export const sqlState = (error: unknown): string | undefined => {
  const cause = error instanceof SqlError ? error.cause : error
  return cause instanceof DatabaseError ? cause.code : undefined
}

function kindOf(code: string): SqlErrorKind {
  if (code === '42601') return 'syntax'
  if (code === '42501') return 'permission'
  if (code === '57014') return 'cancelled'
  if (code.startsWith('42') || code === '3F000') return 'missing'
  if (code.startsWith('22') || code.startsWith('23')) return 'value'
  return code.startsWith('40') || code === '55P03' ? 'conflict' : 'other'
}

/** Postgres counts characters, from 1; strings count UTF-16 units. */
const offsetOf = (sql: string, position: number) => [...sql].slice(0, position - 1).join('').length
