import type { Diagnostic } from '../../diagnostics/index.ts'

export interface BuildReport {
  /** True where nothing failed and nothing had to be skipped. */
  readonly ok: boolean
  readonly ms: number
  /** In the order in which they were done. */
  readonly results: readonly BuildResult[]
  /** Of all results. */
  readonly diagnostics: readonly Diagnostic[]
}

export interface BuildResult {
  /** Name of the model, or `group.table` of a source that is a file. */
  readonly name: string
  readonly kind: 'model' | 'source'
  readonly materialized: 'view' | 'table' | 'incremental'
  readonly status: 'built' | 'failed' | 'skipped'
  readonly ms: number
  /** Rows written: all of a table, the new and changed ones of an incremental model; null for a view. */
  readonly rows: number | null
  /** Data tests that ran. */
  readonly tests: number
  /** Why it failed or was skipped, in one line; null where it was built. */
  readonly error: string | null
  readonly diagnostics: readonly Diagnostic[]
  /** What is worth knowing besides, such as why everything was built anew. */
  readonly notes: readonly string[]
}

export type BuildProgress =
  | { readonly type: 'start'; readonly name: string; readonly done: number; readonly total: number }
  | { readonly type: 'end'; readonly result: BuildResult; readonly done: number; readonly total: number }
