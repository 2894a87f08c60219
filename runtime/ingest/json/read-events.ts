import { Unreadable } from '../accept/item.ts'
import type { IngestLimits } from '../accept/limits.ts'
import { readEvent } from './read-event.ts'
import { scanList } from './scan.ts'

const BOM = Buffer.from([0xef, 0xbb, 0xbf])
const OPEN_LIST = 0x5b

export type EventForm = 'single' | 'batch' | 'lines' | 'any'

/** More events than a request may hold. */
export class TooManyEvents extends Error {}

export interface EventList {
  readonly events: readonly unknown[]
  /** False for a single event, and for a batch that cannot be read at all. */
  readonly isList: boolean
}

/** The events of a body. What cannot be read is in its place as `Unreadable`. */
export function readEvents(body: Buffer, form: EventForm, limits: IngestLimits): EventList {
  const bytes = body.subarray(0, 3).equals(BOM) ? body.subarray(3) : body
  if (form === 'lines') return { events: readLines(bytes, limits), isList: true }
  if (form === 'batch' || (form === 'any' && startsList(bytes))) return readBatch(bytes, limits)
  return { events: [readEvent(bytes, limits)], isList: false }
}

function readBatch(bytes: Buffer, limits: IngestLimits): EventList {
  const items = scanList(bytes, limits.eventsPerRequest)
  if ('brokenAt' in items) {
    const payload = bytes.toString('utf8', 0, limits.deadLetterBytes)
    const reason = `The batch is not a JSON list: it breaks off at byte ${items.brokenAt}.`
    const truncated = bytes.length > limits.deadLetterBytes
    return { events: [new Unreadable({ code: 'AM7001', reason }, payload, truncated)], isList: false }
  }
  if (items.length > limits.eventsPerRequest) throw new TooManyEvents()
  return { events: items.map((item) => readEvent(bytes, limits, item)), isList: true }
}

function readLines(bytes: Buffer, limits: IngestLimits): readonly unknown[] {
  const events: unknown[] = []
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline < 0 ? bytes.length : newline
    const line = bytes.subarray(start, end)
    if (!isBlank(line)) events.push(readEvent(line, limits))
    if (events.length > limits.eventsPerRequest) throw new TooManyEvents()
    start = end + 1
  }
  return events
}

export function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}

function startsList(bytes: Buffer): boolean {
  return bytes.find((byte) => byte > 0x20) === OPEN_LIST
}
