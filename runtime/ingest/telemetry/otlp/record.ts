export type AttributeValue = string | number | boolean | null | readonly AttributeValue[] | Attributes
/** Without a prototype, so that a key like `__proto__` is a key and nothing else. */
export interface Attributes {
  readonly [key: string]: AttributeValue
}

export type Signal = 'logs' | 'metrics' | 'traces'
export type TelemetryRecord = LogEvent | MetricPoint | Span

interface Common {
  readonly resource: Attributes
  readonly scope: string
  readonly name: string
  readonly attributes: Attributes
  /** Nanoseconds since 1970; 0 where the sender gave none. */
  readonly time: bigint
}

export interface LogEvent extends Common {
  readonly signal: 'logs'
  readonly body: AttributeValue
  readonly traceId: string
  readonly spanId: string
}

export interface MetricPoint extends Common {
  readonly signal: 'metrics'
  readonly unit: string
  readonly temporality: 'delta' | 'cumulative' | 'gauge'
  readonly start: bigint
  /** Of a histogram or summary: the sum of what was observed. */
  readonly value: number
  /** Of a histogram or summary: how many were observed. */
  readonly count: number | null
}

export interface Span extends Common {
  readonly signal: 'traces'
  /** Start of the span; `time` is its end. */
  readonly start: bigint
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  readonly failed: boolean
  readonly message: string
}

/** What a request held: records that could be read, and why others could not. */
export interface Batch {
  readonly records: readonly TelemetryRecord[]
  readonly rejected: readonly string[]
}
