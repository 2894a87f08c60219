import type { Transaction } from '../../warehouse/index.ts'
import { type CheckedEvent, isRejected, type RejectedEvent } from '../accept/event.ts'
import type { Rejection } from '../accept/item.ts'
import type { EventFilter } from '../dedup/event-filter.ts'
import { type FindStored, identityOf } from '../dedup/find-stored.ts'
import { isSame } from '../dedup/same-event.ts'
import type { Entry } from './delivery.ts'

export interface Decision {
  readonly fresh: readonly CheckedEvent[]
  readonly rejected: readonly { readonly entry: Entry; readonly event: RejectedEvent }[]
}

/** How events of before are recognised. */
export interface KnownEvents {
  readonly filter: EventFilter
  readonly find: FindStored
}

/** Decides on each entry: new, seen before, or refused. */
export async function decide(tx: Transaction, entries: readonly Entry[], known: KnownEvents): Promise<Decision> {
  const suspects: CheckedEvent[] = []
  for (const { event } of entries) if (!isRejected(event) && known.filter.has(event.fingerprint)) suspects.push(event)
  const stored = await known.find(tx, suspects)
  const group = new Group()
  const rejected: Decision['rejected'][number][] = []
  for (const entry of entries) {
    const { event } = entry
    const refusal = isRejected(event) ? event : decideOne(entry, event, stored, group)
    if (refusal === undefined) continue
    rejected.push({ entry, event: refusal })
    entry.result = { position: entry.position, status: 'rejected', ...idOf(refusal), ...refusal.rejection }
  }
  return { fresh: group.events, rejected }
}

function decideOne(
  entry: Entry,
  event: CheckedEvent,
  stored: Awaited<ReturnType<FindStored>>,
  group: Group,
): RejectedEvent | undefined {
  const { position } = entry
  const earlier = (stored.size > 0 ? stored.get(identityOf(event)) : undefined) ?? group.addOrFind(event)
  if (earlier !== undefined && !isSame(earlier, event)) return quarantine(event)
  entry.result = { position, status: earlier === undefined ? 'accepted' : 'duplicate', id: event.id }
  return undefined
}

/** New events of one transaction. */
class Group {
  readonly events: CheckedEvent[] = []
  readonly #byFingerprint = new Map<number, CheckedEvent>()
  /** Those whose fingerprint another one has. */
  readonly #others = new Map<string, CheckedEvent>()

  /** The event that has the identity already; otherwise adds this one. */
  addOrFind(event: CheckedEvent): CheckedEvent | undefined {
    const first = this.#byFingerprint.get(event.fingerprint)
    if (first === undefined) this.#byFingerprint.set(event.fingerprint, event)
    else {
      const identity = identityOf(event)
      const found = identityOf(first) === identity ? first : this.#others.get(identity)
      if (found) return found
      this.#others.set(identity, event)
    }
    this.events.push(event)
    return undefined
  }
}

const TAKEN: Rejection = {
  code: 'AM7005',
  reason: 'An event with this id and source but other content was accepted before.',
}

const quarantine = (event: CheckedEvent) => rejectChecked(event, TAKEN)

export function rejectChecked(event: CheckedEvent, rejection: Rejection): RejectedEvent {
  const { org, source, id, type, received } = event
  return { org, rejection, source, id, type, received, payload: payloadOf(event), truncated: false }
}

/** The event as it may be sent again. */
function payloadOf({ source, id, type, subject, time, originalTime, data, attributes }: CheckedEvent): string {
  const { length } = attributes ?? ''
  const further = attributes === null ? '' : `,${attributes.slice(1, length - 1)}`
  const about = subject === null ? {} : { subject }
  const when = new Date(originalTime ?? time).toISOString()
  const envelope = JSON.stringify({ specversion: '1.0', id, source, type, ...about, time: when })
  return `${envelope.slice(0, -1)}${further},"data":${data}}`
}

const idOf = ({ id }: RejectedEvent) => (id === null ? {} : { id })
