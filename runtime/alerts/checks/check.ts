import type { Metric } from '../../compiler/index.ts'
import type { QueryDefinition } from '../../definitions/index.ts'
import type { Outcome } from '../machine/index.ts'
import type { Clock } from './periods.ts'

export type Row = Readonly<Record<string, unknown>>
export type Labels = Readonly<Record<string, string | number | boolean | null>>

/** What a check says about one instance. */
export interface Finding {
  readonly labels: Labels
  readonly outcome: Outcome
  readonly value: number | null
  readonly detail: Detail
  /** Where it differs from that of the alert. */
  readonly severity?: 'info' | 'warning' | 'critical'
}

export interface Detail {
  /** What is the case, in a sentence. */
  readonly text: string
  /** The period that was looked at. */
  readonly period?: string
  /** The usual range, where one was learnt. */
  readonly expected?: readonly [number, number]
  readonly fields?: readonly { readonly label: string; readonly value: string }[]
  /** What a platform may act on when this begins to fire. */
  readonly event?: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }
}

/** How one kind of alert looks at its metric: a question, and what its answer means. Pure. */
export interface Check {
  question(now: number): QueryDefinition
  judge(rows: readonly Row[], now: number): readonly Finding[]
  /** The condition in words. */
  readonly words: string
}

/** What every check knows besides its own condition. */
export interface Setting {
  readonly metric: Metric
  readonly by: readonly string[]
  readonly where: string | undefined
  readonly clock: Clock
  readonly delay: number
}

export const NO_DATA: Outcome = { kind: 'unchecked', why: 'no_data' }

export const ask = ({ by, where }: Setting, rest: QueryDefinition): QueryDefinition => ({
  ...(by.length > 0 && { by: [...by] }),
  ...(where !== undefined && { where }),
  ...rest,
})
