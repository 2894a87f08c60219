import type { Format } from '../../definitions/index.ts'

export interface AnswerColumn {
  /** The name that the query uses; `time` for the grain. */
  readonly name: string
  readonly kind: 'time' | 'dimension' | 'metric'
  readonly label: string
  readonly type: 'string' | 'number' | 'boolean' | 'time' | 'geo'
  readonly format: Exclude<Format, string> | null
}

/** Which stored aggregate answered, or why each one that there is did not. */
export interface Served {
  readonly rollup: string | null
  readonly skipped: readonly { readonly rollup: string; readonly reason: string }[]
}

export interface QueryAnswer {
  readonly columns: readonly AnswerColumn[]
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly served: Served
  /** True where there are more rows than an answer without a limit may have. */
  readonly truncated: boolean
  /** True where nothing was asked of the warehouse, because nothing changed since. */
  readonly cached: boolean
}

/** The SQL that would run. */
export interface SqlAnswer {
  readonly statements: readonly { readonly sql: string; readonly params: readonly unknown[] }[]
  readonly served: Served
}
