import type { IHeaders, KafkaMessage } from 'kafkajs'
import { Unreadable } from '../accept/item.ts'
import type { IngestLimits } from '../accept/limits.ts'
import type { Addressed } from '../ingest.ts'
import { readEvent } from '../json/read-event.ts'

/** Header with the tenant, written by our own producer. */
export const TENANT_HEADER = 'metrics_org'
/** Header with the instant, in milliseconds, at which our own producer received the event. */
export const RECEIVED_HEADER = 'metrics_received'

export interface MessageOptions {
  /** Tenant of all messages; without it the header says so. */
  readonly org?: string | undefined
  readonly limits: IngestLimits
}

/** The event of a message, in the structured or the binary mode of CloudEvents. */
export function readMessage({ headers = {}, value }: KafkaMessage, { org, limits }: MessageOptions): Addressed {
  const owner = org ?? text(headers, TENANT_HEADER)
  const event = value === null ? EMPTY : readValue(headers, value, limits)
  const received = Number(text(headers, RECEIVED_HEADER) ?? Number.NaN)
  if (owner !== undefined && owner !== '') return { org: owner, event, ...(received > 0 ? { received } : {}) }
  const payload = (value ?? '').toString().slice(0, limits.deadLetterBytes)
  return { org: '', event: new Unreadable(NOBODY, payload, payload.length < (value?.length ?? 0)) }
}

const EMPTY = new Unreadable({ code: 'AM7001', reason: 'The message has no value.' }, '')

const NOBODY = { code: 'AM7026', reason: `The message has no header ${TENANT_HEADER}.` } as const

function readValue(headers: IHeaders, value: Buffer, limits: IngestLimits): unknown {
  const read = readEvent(value, limits)
  if (read instanceof Unreadable || headers.ce_specversion === undefined) return read
  const attributes = Object.keys(headers)
    .filter((name) => name.startsWith('ce_'))
    .map((name) => [name.slice(3), text(headers, name)])
  const contentType = text(headers, 'content-type')
  return {
    ...Object.fromEntries(attributes),
    ...(contentType === undefined ? {} : { datacontenttype: contentType }),
    data: read,
  }
}

function text(headers: IHeaders, name: string): string | undefined {
  const value = headers[name]
  const first = Array.isArray(value) ? value[0] : value
  return first?.toString()
}
