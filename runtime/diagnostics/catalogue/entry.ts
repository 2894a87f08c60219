import type { Severity } from '../diagnostic.ts'

/** What a code stands for, for the reference docs and `metrics explain`. A code is never given a second meaning. */
export interface Entry {
  readonly title: string
  readonly severity: Severity
  readonly explanation: string
}
export type Entries = Readonly<Record<`AM${number}`, Entry>>
