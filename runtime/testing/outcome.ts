import type { CompiledTest } from '../compiler/index.ts'
import type { Diagnostic } from '../diagnostics/index.ts'
import type { RowsDiff } from './compare-rows.ts'
import type { Given } from './given-tables.ts'

/** What became of a test. */
export interface Outcome {
  readonly status: 'passed' | 'failed' | 'skipped'
  /** Why it failed or was skipped. */
  readonly reason?: string
  readonly diff?: RowsDiff
  readonly diagnostics?: readonly Diagnostic[]
}

export const givenRows = ({ given }: CompiledTest) => given as Given
