export type SqlErrorKind = 'syntax' | 'missing' | 'permission' | 'value' | 'conflict' | 'cancelled' | 'fatal' | 'other'

export interface SqlErrorDetails {
  readonly kind: SqlErrorKind
  readonly sql: string
  /** Index in `sql` at which the engine points. */
  readonly offset?: number | undefined
  readonly hint?: string | undefined
  readonly cause?: unknown
}

/** A statement that the warehouse refused or failed to run. Those who know where the SQL came from turn it into diagnostics. */
export class SqlError extends Error {
  override readonly name = 'SqlError'
  readonly kind: SqlErrorKind
  readonly sql: string
  readonly offset: number | undefined
  readonly hint: string | undefined

  constructor(message: string, details: SqlErrorDetails) {
    super(message, { cause: details.cause })
    this.kind = details.kind
    this.sql = details.sql
    this.offset = details.offset
    this.hint = details.hint
  }
}
