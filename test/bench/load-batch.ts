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

/** Whole sessions of the demo with what they cost and read, and samples of the machines beside, as they are mixed there. */
export function makeBatch(size: number): LoadBatch {
  const events = chooseEvents(size)
  const newest = Math.max(...events.map(({ time }) => Date.parse(time)))
  const body = Buffer.from(JSON.stringify(renewable(events, newest)))
  const text = body.toString('latin1')
  const numbers = [...text.matchAll(/bench-[esp](\d{12})/g)].map(({ index, 1: digits }) => ({
    place: index + 'bench-e'.length,
    offset: Number(digits),
  }))
  const times = [...text.matchAll(TIME)].map(({ index, 0: time }) => ({
    place: index,
    before: newest - Date.parse(time),
  }))
  return {
    body,
    renew: (first, now) => {
      for (const { place, offset } of numbers) body.write(String(first + offset).padStart(DIGITS, '0'), place, 'latin1')
      for (const { place, before } of times) body.write(new Date(now - before).toISOString(), place, 'latin1')
    },
  }
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
