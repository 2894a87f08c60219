export type ColumnKind = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'timestamp'

/** What is known of one column of a file. */
export interface ColumnProfile {
  /** As the file names it; `outer.inner` for a field of a nested object. */
  readonly name: string
  /** SQL over the file's rows that reads it, of the type that `kind` says. */
  readonly sql: string
  readonly kind: ColumnKind
  /** Rows in which it has a value. */
  readonly filled: number
  readonly distinct: number
  /** A value in every row, and no value twice. */
  readonly unique: boolean
  readonly min: string | number | null
  readonly max: string | number | null
  /** Mean length of texts; 0 for everything else. */
  readonly length: number
  /** Rows in which a number is exactly 0. */
  readonly zeros: number
}

/** What is known of one file. */
export interface FileProfile {
  /** Path as the project will name it. */
  readonly path: string
  readonly rows: number
  readonly columns: readonly ColumnProfile[]
  /** What was left out and why, in sentences. */
  readonly notes: readonly string[]
}

/** How many of the distinct values of a column occur in a column of another file, from 0 to 1. */
export type Overlap = (from: ColumnOf, to: ColumnOf) => Promise<number>
export interface ColumnOf {
  readonly file: FileProfile
  readonly column: ColumnProfile
}
