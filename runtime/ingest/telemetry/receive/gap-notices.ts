import { digest } from '../mapping/index.ts'
import type { Gap, Memory } from '../memory/index.ts'
import { type CanonicalEvent, sourceOf, toEvent } from './canonical-event.ts'

interface Notice {
  readonly event: CanonicalEvent
  told(): void
}

/** Numbers of events that never came, told as steps of the sessions they belong to. */
export function gapNotices(sequences: Memory['sequences'], org: string, now: number): readonly Notice[] {
  return sequences.due(now).flatMap((gap) => {
    const [of, agent, session] = JSON.parse(gap.key)
    return of === org ? [{ event: gapEvent(gap, agent, session), told: () => sequences.told(gap) }] : []
  })
}

function gapEvent({ key, numbers, time }: Gap, agent: string, session: string): CanonicalEvent {
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
