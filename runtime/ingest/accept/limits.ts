const KIB = 1024
const MIB = 1024 * KIB

export interface IngestLimits {
  /** Bytes of a request after decompression. */
  readonly bodyBytes: number
  readonly eventBytes: number
  readonly eventsPerRequest: number
  /** Levels of objects and lists within an event. */
  readonly depth: number
  /** What may wait for the warehouse; beyond that callers are told to come back. */
  readonly queuedEvents: number
  readonly queuedBytes: number
  /** Events that share a transaction. */
  readonly eventsPerCommit: number
  /** What is kept of something too large or unreadable. */
  readonly deadLetterBytes: number
  /** Events may be this far in the future before their time is taken to be wrong. */
  readonly clockSkewMs: number
}

export const DEFAULT_LIMITS: IngestLimits = {
  bodyBytes: 20 * MIB,
  eventBytes: MIB,
  eventsPerRequest: 20_000,
  depth: 32,
  queuedEvents: 100_000,
  queuedBytes: 256 * MIB,
  eventsPerCommit: 3000,
  deadLetterBytes: 64 * KIB,
  clockSkewMs: 5 * 60_000,
}
