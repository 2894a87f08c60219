import type { Attributes } from '../otlp/index.ts'
import type { Scalar, Topic, UsageRules } from './mapping.ts'

export type Data = Readonly<Record<string, unknown>>

export interface Counted {
  readonly topic: Topic
  readonly rank: number
  readonly instance: string
}

/** An event in the making: what a record says, before it is known whether it counts. */
export interface Draft {
  readonly type: string
  readonly agent: string
  readonly id: string
  readonly session: string | null
  /** Nanoseconds since 1970. */
  readonly time: bigint
  readonly data: Data
  /** Drafts of one key become one event. */
  readonly gather: string | null
  readonly counted: Counted | null
  readonly usage: UsageRules | null
}

/** A record as its agent's mapping understands it. */
export interface Reading {
  readonly agent: string
  readonly session: string | null
  readonly time: bigint
  readonly sequence: number | null
  /** Resource attributes that nobody else speaks of. */
  readonly resource: Attributes
  /** Fields of the start of a session; read only where it is told. */
  started(): Readonly<Record<string, Scalar>>
  readonly drafts: readonly Draft[]
}
