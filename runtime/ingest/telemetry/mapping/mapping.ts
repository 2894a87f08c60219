import type { Signal } from '../otlp/index.ts'

/**
 * Where a value is found: an attribute by its name; `@resource.NAME` an attribute of the resource; `@value`, `@count`,
 * `@name`, `@duration` (of a span, in nanoseconds), `@failed`, `@message`, `@trace`, `@span`, `@parent` of the record.
 * After `#`, a path into an attribute that is a map or holds JSON.
 */
export type Path = string
export type Scalar = string | number | boolean | null

export type Translation = Readonly<Record<string, Scalar>>

export interface Field {
  /** The first path that has a value counts. */
  readonly from?: Path | readonly Path[]
  /** `string` is a name of up to 256 characters, `text` may be longer. */
  readonly as?: 'string' | 'text' | 'integer' | 'number' | 'boolean' | 'milliseconds' | 'usd'
  /** What a duration or an amount is counted in. */
  readonly unit?: 's' | 'ms' | 'us' | 'ns' | 'usd' | 'cents' | 'micros'
  /** Replaces known values by ours; others stay as they are, or become `map['*']` where it exists. */
  readonly map?: Translation
  /** The value where none was found. */
  readonly value?: Scalar
}
/** A path alone takes the value as it was sent; of several, the first that gives more than null counts. */
export type FieldSource = Field | Path | readonly Field[]
export type Fields = Readonly<Record<string, FieldSource>>

/** An attribute's value or values as text; true: it is there; false: it is not. */
export type Conditions = Readonly<Record<Path, string | readonly string[] | boolean>>

/** What the same fact may be told by more than once: it is counted by one channel a session. */
export type Topic = 'usage' | 'steps' | 'lines' | 'access'

export interface UsageRules {
  /** The reported input holds the tokens read from and written to the cache, too. */
  readonly inputIncludesCache?: boolean
  /** Reasoning tokens are reported beside the output and not within it. */
  readonly outputExcludesReasoning?: boolean
}

export interface Emission {
  readonly type: string
  readonly where?: Conditions | undefined
  readonly fields: Fields
  /** Told as part of one event with others of the same session, time and values at these paths. */
  readonly gather?: readonly Path[]
  readonly counted?: { readonly topic: Topic; readonly channel: string }
  readonly usage?: UsageRules
}

export interface Rule {
  readonly on: Signal
  /** Without the mapping's prefix. */
  readonly name: string | readonly string[]
  readonly where?: Conditions | undefined
  readonly emit: readonly Emission[]
}

export const CONTENT_KINDS = ['prompts', 'tool_inputs', 'outputs'] as const
export type ContentKind = (typeof CONTENT_KINDS)[number]

/** How one agent's telemetry becomes canonical events: data, read by `interpret`. */
export interface AgentMapping {
  readonly agent: Field
  /** Telemetry is this agent's where any of these fits. */
  readonly recognise: {
    readonly services?: readonly string[]
    readonly scopes?: readonly string[]
    readonly prefixes?: readonly string[]
    readonly attributes?: readonly string[]
  }
  /** Taken off the names of records before rules are looked up. */
  readonly prefix: string
  readonly session: readonly Path[]
  /** What tells one process from another where its channels are compared; the session by default. */
  readonly instance?: readonly Path[]
  readonly sequence?: Path
  /** Channels of each topic, the one with the most detail first. */
  readonly channels: Readonly<Partial<Record<Topic, readonly string[]>>>
  /** Fields of every event, and of the start of a session. */
  readonly common: Fields
  readonly started: Fields
  /** Attributes that hold what people and tools wrote. */
  readonly content: Readonly<Partial<Record<ContentKind, readonly Path[]>>>
  readonly rules: readonly Rule[]
  /** For log events without a rule of their own. */
  readonly otherwise?: Emission
}
