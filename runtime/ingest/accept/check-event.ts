import { fingerprint } from '../dedup/fingerprint.ts'
import { exactText } from '../json/exact-text.ts'
import { parseDateTime } from './date-time.ts'
import type { CheckedEvent, RejectedEvent } from './event.ts'
import { forbiddenInAttribute, forbiddenInJson } from './forbidden.ts'
import { type Rejection, Unreadable } from './item.ts'
import type { IngestLimits } from './limits.ts'
import type { Validator } from './validator.ts'

export interface Arrival {
  readonly org: string
  readonly received: number
  /** True for history from a trusted place: `receivedtime` says when an event was received at first. */
  readonly backfill: boolean
}

export interface Checks {
  readonly validate: Validator
  readonly limits: IngestLimits
}

/** A CloudEvent as the schema leaves it. */
interface Valid {
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject?: string
  readonly time?: string
  readonly receivedtime?: unknown
  readonly data: object
}

export function checkEvent(event: unknown, arrival: Arrival, checks: Checks): CheckedEvent | RejectedEvent {
  if (event instanceof Unreadable) return rejectUnreadable(event, arrival)
  const problem = checks.validate(event)
  if (problem) return reject(event, problem, arrival, checks.limits)
  try {
    return checkValid(event as Valid, arrival, checks.limits)
  } catch (error) {
    // Events from within the process can be what JSON.stringify cannot write: endless or very deep.
    if (error instanceof RangeError || error instanceof TypeError) {
      return reject(event, { code: 'AM7007', reason: error.message }, arrival, checks.limits)
    }
    throw error
  }
}

function checkValid(event: Valid, arrival: Arrival, limits: IngestLimits): CheckedEvent | RejectedEvent {
  const { org } = arrival
  const { id, source, type, subject = null } = event
  const written = JSON.stringify(event.data)
  const data = exactText(event.data) ?? written
  const attributes = furtherAttributes(event, arrival.backfill)
  const problem =
    forbiddenInAttribute(`${id}${source}${subject}`) ??
    forbiddenInJson(written) ??
    (attributes === null ? undefined : forbiddenInJson(attributes)) ??
    tooLarge(data, limits)
  if (problem) return reject(event, problem, arrival, limits)
  const received = receivedAt(event, arrival)
  const given = event.time === undefined ? received : parseDateTime(event.time)
  const isFuture = given > received + limits.clockSkewMs
  const time = isFuture ? received : given
  const originalTime = isFuture ? given : null
  const print = fingerprint(org, source, id)
  return { org, source, id, type, subject, time, received, data, attributes, originalTime, fingerprint: print }
}

function tooLarge(data: string, { eventBytes }: IngestLimits): Rejection | undefined {
  return data.length > eventBytes ? { code: 'AM7006', reason: `The event has ${data.length} bytes.` } : undefined
}

function receivedAt(event: Valid, { received, backfill }: Arrival): number {
  const said = backfill && typeof event.receivedtime === 'string' ? parseDateTime(event.receivedtime) : Number.NaN
  return said < received ? said : received
}

const IN_COLUMNS = new Set(['specversion', 'id', 'source', 'type', 'subject', 'time', 'data', 'datacontenttype'])
const OF_BACKFILL = new Set(['receivedtime', 'orgid'])

function furtherAttributes(event: Valid, backfill: boolean): string | null {
  let further: Record<string, unknown> | null = null
  for (const key in event) {
    if (IN_COLUMNS.has(key) || (backfill && OF_BACKFILL.has(key))) continue
    further ??= Object.create(null) as Record<string, unknown>
    further[key] = event[key as keyof Valid]
  }
  return further === null ? null : JSON.stringify(further)
}

function rejectUnreadable({ rejection, payload, truncated }: Unreadable, { org, received }: Arrival): RejectedEvent {
  return { org, rejection, source: null, id: null, type: null, received, payload, truncated }
}

function reject(event: unknown, rejection: Rejection, arrival: Arrival, limits: IngestLimits): RejectedEvent {
  const { org, received } = arrival
  const text = textOf(event)
  const payload = text.slice(0, text.length > limits.eventBytes ? limits.deadLetterBytes : undefined)
  const part = (name: 'source' | 'id' | 'type') => attribute(event, name)
  return {
    org,
    rejection,
    source: part('source'),
    id: part('id'),
    type: part('type'),
    received,
    payload,
    truncated: payload.length < text.length,
  }
}

function textOf(event: unknown): string {
  try {
    return exactText(event) ?? JSON.stringify(event) ?? String(event)
  } catch (error) {
    return String(error)
  }
}

function attribute(event: unknown, name: string): string | null {
  const value = typeof event === 'object' && event !== null ? (event as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value.slice(0, 1024) : null
}
