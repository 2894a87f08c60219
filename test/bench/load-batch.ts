import { generateEvents } from '../../models/demo/index.ts'

type DemoEvent = ReturnType<typeof generateEvents> extends Iterable<infer Event> ? Event : never

/** A batch of events that can be sent again and again as that of other sessions. */
export interface LoadBatch {
  readonly body: Buffer
  /** Makes it the batch whose first event has this number, and whose newest event happens at `now`. */
  readonly renew: (first: number, now: number) => void
}

const DIGITS = 12
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g
const UNTIL = '2026-06-01T00:00:00Z'
const SAMPLES = ['agent.infra.sampled', 'agent.health.checked']
/** Of all events of agents in the demo. */
const SHARE_OF_SAMPLES = 0.27

/**
 * Batches of whole sessions of the demo with what they cost and read, and samples of the machines beside, as they are
 * mixed there. Each has bytes of its own.
 */
export function makeBatches(size: number, count: number): readonly LoadBatch[] {
  const events = chooseEvents(size)
  const newest = Math.max(...events.map(({ time }) => Date.parse(time)))
  const sample = Buffer.from(JSON.stringify(renewable(events, newest)))
  const text = sample.toString('latin1')
  const numbers = [...text.matchAll(/bench-[esp](\d{12})/g)].map(({ index, 1: digits }) => ({
    place: index + 'bench-e'.length,
    offset: Number(digits),
  }))
  const times = [...text.matchAll(TIME)].map(({ index, 0: time }) => ({
    place: index,
    before: newest - Date.parse(time),
  }))
  return Array.from({ length: count }, () => {
    const body = Buffer.from(sample)
    const renew = (first: number, now: number) => {
      for (const { place, offset } of numbers) writeDigits(body, place, DIGITS, first + offset)
      for (const { place, before } of times) writeTime(body, place, now - before)
    }
    return { body, renew }
  })
}

const ZERO = 0x30
const DAY_MS = 86_400_000

/** What sends the load shares the machine with what takes it: no texts are made for each number. */
function writeDigits(body: Buffer, place: number, digits: number, number: number) {
  let rest = number
  for (let at = place + digits - 1; at >= place; at -= 1) {
    const tens = Math.floor(rest / 10)
    body[at] = ZERO + rest - tens * 10
    rest = tens
  }
}

let lastDay = { start: Number.NaN, date: '' }

function writeTime(body: Buffer, place: number, time: number) {
  const ofDay = time % DAY_MS
  const start = time - ofDay
  if (start !== lastDay.start) lastDay = { start, date: new Date(start).toISOString().slice(0, 10) }
  body.write(lastDay.date, place, 'latin1')
  writeDigits(body, place + 11, 2, Math.floor(ofDay / 3_600_000))
  writeDigits(body, place + 14, 2, Math.floor(ofDay / 60_000) % 60)
  writeDigits(body, place + 17, 2, Math.floor(ofDay / 1000) % 60)
  writeDigits(body, place + 20, 3, ofDay % 1000)
}

function chooseEvents(size: number): readonly DemoEvent[] {
  const sessions = new Map<string, DemoEvent[]>()
  const samples: DemoEvent[] = []
  for (const event of generateEvents({ days: 10, until: new Date(UNTIL) })) {
    const session = idOf(event, 'session_id')
    if (SAMPLES.includes(event.type)) samples.push(event)
    if (session !== null) sessions.set(session, [...(sessions.get(session) ?? []), event])
  }
  const chosen = samples.slice(0, Math.round(size * SHARE_OF_SAMPLES))
  for (const events of sessions.values()) {
    const isWhole = events.some(({ type }) => type === 'agent.session.started')
    if (isWhole && chosen.length + events.length <= size) chosen.push(...events)
  }
  if (chosen.length < size)
    chosen.push(...samples.slice(size * SHARE_OF_SAMPLES, size * SHARE_OF_SAMPLES + size - chosen.length))
  return chosen
}

/** Every session ends now, and has numbers in place of its ids. */
function renewable(events: readonly DemoEvent[], newest: number): readonly object[] {
  const [sessions, requests] = [idsIn(events, 'session_id'), idsIn(events, 'pr_id')]
  const ends = new Map(events.map((event) => [idOf(event, 'session_id'), Date.parse(event.time)]))
  return events.map(({ orgid: _org, receivedtime: _received, ...event }, at) => {
    const end = ends.get(idOf(event, 'session_id')) ?? newest
    const text = JSON.stringify({ ...event, id: numbered('e', at) })
      .replace(TIME, (time) => new Date(Date.parse(time) + newest - end).toISOString())
      .replace(/"([^"]+)"/g, (whole, value: string) => {
        if (sessions.includes(value)) return `"${numbered('s', sessions.indexOf(value))}"`
        return requests.includes(value) ? `"${numbered('p', requests.indexOf(value))}"` : whole
      })
    return JSON.parse(text) as object
  })
}

const numbered = (kind: 'e' | 's' | 'p', number: number) => `bench-${kind}${String(number).padStart(DIGITS, '0')}`

const idsIn = (events: readonly DemoEvent[], key: string) => [
  ...new Set(events.flatMap((event) => idOf(event, key) ?? [])),
]

function idOf({ data }: Pick<DemoEvent, 'data'>, key: string): string | null {
  const id = (data as Readonly<Record<string, unknown>>)[key]
  return typeof id === 'string' ? id : null
}
