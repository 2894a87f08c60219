import type { Transaction } from '../../warehouse/index.ts'
import type { CheckedEvent } from '../accept/event.ts'
import { DEAD_LETTERS, EVENTS } from '../tables.ts'
import { type Decision, decide, type KnownEvents } from './decide.ts'
import type { Entry } from './delivery.ts'
import { letterId } from './letter.ts'

const EVENT_COLUMNS = [
  'org_id',
  'source',
  'id',
  'type',
  'subject',
  'time',
  'received_at',
  'stored_at',
  'data',
  'attributes',
  'original_time',
  'fingerprint',
]

const LETTER_COLUMNS = [
  'letter_id',
  'org_id',
  'source',
  'id',
  'type',
  'code',
  'reason',
  'payload',
  'truncated',
  'origin',
  'received_at',
  'attempts',
]

/** Writes what is new, keeps what is refused, and answers what is new. The results are in the entries. */
export async function writeGroup(
  tx: Transaction,
  entries: readonly Entry[],
  known: KnownEvents,
  now: Date = new Date(),
) {
  const { fresh, rejected } = await decide(tx, entries, known)
  if (fresh.length > 0) {
    await tx.insert(
      EVENTS,
      EVENT_COLUMNS,
      fresh.map((event) => eventRow(event, now)),
    )
    await tx.touch(EVENTS)
  }
  if (rejected.length > 0) await writeLetters(tx, rejected)
  await settleReplays(tx, entries)
  return fresh
}

const eventRow = (event: CheckedEvent, storedAt: Date): readonly unknown[] => [
  event.org,
  event.source,
  event.id,
  event.type,
  event.subject,
  new Date(event.time),
  new Date(event.received),
  storedAt,
  event.data,
  event.attributes,
  event.originalTime === null ? null : new Date(event.originalTime),
  event.fingerprint,
]

async function writeLetters(tx: Transaction, rejected: Decision['rejected']) {
  const letters = new Map<string, readonly unknown[]>()
  for (const { entry, event } of rejected) {
    // A replayed letter that is refused again stays the letter that it is.
    if (entry.delivery.letters) continue
    const id = letterId(event)
    const { org, source, type, rejection, payload, truncated, received } = event
    letters.set(id, [
      id,
      org,
      source,
      event.id,
      type,
      rejection.code,
      rejection.reason,
      // Postgres holds no NUL.
      payload.replaceAll('\0', '\ufffd'),
      truncated,
      entry.delivery.origin(entry.position),
      new Date(received),
      1,
    ])
  }
  const known = await knownLetters(tx, [...letters.keys()])
  const rows = [...letters].filter(([id]) => !known.has(id)).map(([, row]) => row)
  if (rows.length === 0) return
  await tx.insert(DEAD_LETTERS, LETTER_COLUMNS, rows)
  await tx.touch(DEAD_LETTERS)
}

async function knownLetters(tx: Transaction, ids: readonly string[]): Promise<ReadonlySet<unknown>> {
  if (ids.length === 0) return new Set()
  const { rows } = await tx.query(`SELECT letter_id FROM ${DEAD_LETTERS} WHERE letter_id IN (${list(ids)})`)
  return new Set(rows.map(([id]) => id))
}

/** Letter ids are hexadecimal. */
const list = (ids: readonly string[]) => ids.map((id) => `'${id}'`).join(', ')

async function settleReplays(tx: Transaction, entries: readonly Entry[]) {
  const settled: string[] = []
  const refused: string[] = []
  for (const { delivery, position, result } of entries) {
    const letter = delivery.letters?.[position]
    if (letter !== undefined) (result?.status === 'rejected' ? refused : settled).push(letter)
  }
  if (settled.length > 0) {
    await tx.query(
      `UPDATE ${DEAD_LETTERS} SET replayed_at = CAST($1 AS timestamp), attempts = attempts + 1 WHERE letter_id IN (${list(settled)})`,
      [new Date()],
    )
  }
  if (refused.length > 0) {
    await tx.query(`UPDATE ${DEAD_LETTERS} SET attempts = attempts + 1 WHERE letter_id IN (${list(refused)})`)
  }
}
