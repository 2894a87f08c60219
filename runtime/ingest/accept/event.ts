import type { Rejection } from './item.ts'

/** An event that passed every check, as it goes into the warehouse; times are milliseconds. */
export interface CheckedEvent {
  readonly org: string
  readonly source: string
  readonly id: string
  readonly type: string
  readonly subject: string | null
  readonly time: number
  readonly received: number
  /** JSON text. */
  readonly data: string
  /** Attributes beyond those with a column, as JSON text. */
  readonly attributes: string | null
  /** The time that the event gave, where it was too far in the future to be believed. */
  readonly originalTime: number | null
  readonly fingerprint: number
}

/** An event that is kept apart, with the reason. */
export interface RejectedEvent {
  readonly org: string
  readonly rejection: Rejection
  readonly source: string | null
  readonly id: string | null
  readonly type: string | null
  readonly received: number
  readonly payload: string
  readonly truncated: boolean
}

export const isRejected = (event: CheckedEvent | RejectedEvent): event is RejectedEvent => 'rejection' in event
