import { type CanonicalEvent, sourceOf, toEvent } from './event.ts'
import { digest, type Interpreter } from './mapping/index.ts'
import type { Gap, Memory } from './memory/index.ts'
import type { TelemetryRecord } from './otlp/index.ts'
import type { Sink } from './sink.ts'
import { understand } from './understand.ts'

export interface Received {
  readonly accepted: number
  readonly duplicates: number
  readonly ignored: number
  /** Why records were not taken, one reason each. */
  readonly rejected: readonly string[]
}

export type Receiver = (org: string, records: readonly TelemetryRecord[]) => Promise<Received>

export interface ReceiverOptions {
  readonly sink: Sink
  readonly interpret: Interpreter
  readonly memory: Memory
  readonly now?: () => number
}

/** Turns telemetry into events and hands them over; remembers only what was taken. */
export function createReceiver({ sink, interpret, memory, now = Date.now }: ReceiverOptions): Receiver {
  const inTurn = createTurns()
  return (org, records) => {
    const receive = async () => {
      const understood = understand(records, { org, interpret, memory })
      const notices = gapEvents(memory, org, now())
      const events = [...understood.events.map(({ event }) => event), ...notices.map(({ event }) => event)]
      const results = events.length > 0 ? await sink(org, events) : []
      understood.remember(now())
      for (const { told } of notices) told()
      const refused = new Map<number, string>()
      for (const { position, status, reason } of results) {
        if (status !== 'rejected') continue
        for (const record of understood.events[position]?.records ?? []) refused.set(record, reason ?? 'refused')
      }
      return {
        accepted: results.filter(({ status }) => status === 'accepted').length,
        duplicates: results.filter(({ status }) => status === 'duplicate').length,
        ignored: understood.ignored,
        rejected: [...understood.rejected, ...refused.values()],
      }
    }
    return records.some(isCumulative) ? inTurn(org, receive) : receive()
  }
}

/** What a cumulative point adds depends on the one before, which must be stored first. */
const isCumulative = (record: TelemetryRecord) => record.signal === 'metrics' && record.temporality === 'cumulative'

function createTurns() {
  const last = new Map<string, Promise<unknown>>()
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work)
    last.set(key, turn)
    const forget = () => {
      if (last.get(key) === turn) last.delete(key)
    }
    turn.then(forget, forget)
    return turn
  }
}

interface Notice {
  readonly event: CanonicalEvent
  told(): void
}

/** Numbers of events that never came, told as steps of the sessions they belong to. */
function gapEvents({ sequences }: Memory, org: string, now: number): readonly Notice[] {
  return sequences
    .due(now)
    .filter(({ key }) => JSON.parse(key)[0] === org)
    .map((gap) => ({ event: gapEvent(gap), told: () => sequences.told(gap) }))
}

function gapEvent({ key, numbers, time }: Gap): CanonicalEvent {
  const [, agent, session] = JSON.parse(key)
  const first = Math.min(...numbers)
  const last = Math.max(...numbers)
  const data = {
    session_id: session,
    agent,
    kind: 'telemetry_gap',
    status: 'lost',
    missing: numbers.length,
    first_missing: first,
    last_missing: last,
    summary: `${numbers.length} of the agent's events between ${first} and ${last} never arrived.`,
  }
  const id = digest(['gap', key, numbers.join()])
  const event = { id, source: sourceOf(agent), type: 'agent.session.step', time: new Date(time).toISOString(), data }
  return toEvent(event, session)
}
