import { type Draft, digest, type Interpreter, type Reading, seriesId } from '../mapping/index.ts'
import { claimKey, difference, type Memory, type SeriesState, seriesKey, sessionKey, stateOf } from '../memory/index.ts'
import type { AttributeValue, MetricPoint, TelemetryRecord } from '../otlp/index.ts'
import { normaliseModel } from '../usage/index.ts'
import { sourceOf, toEvent, toTime } from './canonical-event.ts'
import { type Gathered, gather, type Placed } from './gather.ts'

/** What a batch says: events to store, and what to remember once they are. */
export interface Understood {
  readonly events: readonly Gathered[]
  readonly rejected: readonly string[]
  /** Records that no mapping has a use for. */
  readonly ignored: number
  remember(now: number): void
}

interface Context {
  readonly org: string
  readonly interpret: Interpreter
  readonly memory: Memory
}

/** Sorts records into events; changes nothing that cannot be told again. */
export function understand(records: readonly TelemetryRecord[], context: Context): Understood {
  const { org, memory } = context
  const placed: Placed[] = []
  const openings = new Map<string, Opening>()
  const rejected: string[] = []
  const notes: ((now: number) => void)[] = []
  const series = new Map<string, SeriesState>()
  let ignored = 0
  for (const [position, record] of inOrder(records)) {
    if (record.time === 0n) {
      rejected.push('a record has no time')
      continue
    }
    const reading = readingOf(record, context, series)
    if (reading === null) {
      ignored += 1
      continue
    }
    open(reading, position, context, openings)
    note(reading, context, notes)
    placed.push(...reading.drafts.map((draft) => ({ draft, record: position })))
  }
  return {
    events: [...[...openings.values()].map(opened), ...gather(counted(placed, context))],
    rejected,
    ignored,
    remember(now) {
      for (const key of openings.keys()) memory.sessions.set(key, true)
      for (const [key, state] of series) memory.series.set(seriesKey(org, key), state)
      for (const each of notes) each(now)
    },
  }
}

/** By time, so that the first record of a session tells its start, with positions as they were sent. */
function inOrder(records: readonly TelemetryRecord[]): readonly (readonly [number, TelemetryRecord])[] {
  return [...records.entries()].sort(([, a], [, b]) => Number(beginOf(a) - beginOf(b)))
}

const beginOf = (record: TelemetryRecord) => (record.signal === 'traces' ? record.start : record.time)

/** Drafts that count; of channels that tell the same, the one with most detail speaks first. */
function counted(placed: readonly Placed[], context: Context): readonly Placed[] {
  const rank = ({ draft }: Placed) => draft.counted?.rank ?? 0
  const speaking = [...placed].sort((a, b) => rank(a) - rank(b)).filter(({ draft }) => counts(draft, context))
  return speaking.sort((a, b) => a.record - b.record)
}

function readingOf(record: TelemetryRecord, context: Context, changed: Map<string, SeriesState>): Reading | null {
  const reading = context.interpret(record)
  if (reading === null || record.signal !== 'metrics' || record.temporality !== 'cumulative') return reading
  if (reading.drafts.length === 0) return reading
  const key = seriesId(record)
  const last = changed.get(key) ?? context.memory.series.get(seriesKey(context.org, key))
  if (last === undefined || record.time > last.time) changed.set(key, stateOf(record))
  const point = difference(record, last)
  if (point === null) return { ...reading, drafts: [] }
  const told = context.interpret(point) ?? reading
  return {
    ...told,
    drafts: told.drafts.map((draft) => ({ ...draft, data: { ...draft.data, series: trace(key, record) } })),
  }
}

/** What a restart needs to go on from here. */
function trace(key: string, { start, time, value, count }: MetricPoint) {
  return { [key]: [String(start), String(time), value, count ?? 0] }
}

function counts(draft: Draft, { org, memory }: Context): boolean {
  if (draft.session === null && draft.type.startsWith('agent.session.')) return false
  if (draft.counted === null) return true
  return memory.claims.counts(claimKey(org, draft.agent, draft.counted), draft.counted.rank, draft.time)
}

function note({ agent, session, sequence, time }: Reading, { org, memory }: Context, notes: ((now: number) => void)[]) {
  if (session === null || sequence === null) return
  const key = sessionKey(org, agent, session)
  notes.push((now) => memory.sequences.note(key, sequence, time, now))
}

interface Opening {
  readonly record: number
  readonly session: string
  readonly first: Reading
  readonly started: ReturnType<Reading['started']>
}

/** The start of a session is told by its first record; those that come along fill in what that one left out. */
function open(reading: Reading, record: number, { org, memory }: Context, openings: Map<string, Opening>): void {
  const { agent, session } = reading
  if (session === null) return
  const key = sessionKey(org, agent, session)
  if (memory.sessions.has(key)) return
  const known = openings.get(key)
  const started = { ...reading.started(), ...known?.started }
  openings.set(key, known ? { ...known, started } : { record, session, first: reading, started })
}

function opened({ record, session, started, first }: Opening): Gathered {
  const { agent, time, resource } = first
  const model = typeof started.model === 'string' ? { model: normaliseModel(started.model) } : {}
  const data = { session_id: session, agent, ...started, ...model, resource: short(resource) }
  const id = digest(['started', agent, session])
  const event = { id, source: sourceOf(agent), type: 'agent.session.started', time: toTime(time), data }
  return { event: toEvent(event, session), records: [record] }
}

const MAX_LENGTH = 256

function short(resource: Readonly<Record<string, AttributeValue>>): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(resource).filter(
      ([name, value]) =>
        name !== '__proto__' &&
        typeof value !== 'object' &&
        !(typeof value === 'string' && value.length > MAX_LENGTH) &&
        !/^process\.|command|secret|token|password/.test(name),
    ),
  )
}
