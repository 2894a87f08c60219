import type { Transaction } from '../../warehouse/index.ts'
import type { CheckedEvent } from '../accept/event.ts'
import { EVENTS } from '../tables.ts'
import type { Content } from './same-event.ts'

export const identityOf = ({ org, source, id }: Pick<CheckedEvent, 'org' | 'source' | 'id'>) =>
  `${org}\n${source}\n${id}`

/** What the warehouse holds under the identities of these events. */
export async function findStored(
  tx: Transaction,
  events: readonly CheckedEvent[],
): Promise<ReadonlyMap<string, Content>> {
  const stored = new Map<string, Content>()
  if (events.length === 0) return stored
  const fingerprints = [...new Set(events.map((event) => event.fingerprint))]
  const { rows } = await tx.query(
    `SELECT org_id, source, id, type, subject, time, original_time, received_at, data
     FROM ${EVENTS} WHERE fingerprint IN (${fingerprints.join(', ')})`,
  )
  for (const [org, source, id, type, subject, time, original, received, data] of rows) {
    stored.set(identityOf({ org: String(org), source: String(source), id: String(id) }), {
      type: String(type),
      subject: subject === null ? null : String(subject),
      time: Date.parse(String(time)),
      originalTime: original === null ? null : Date.parse(String(original)),
      received: Date.parse(String(received)),
      data: String(data),
    })
  }
  return stored
}
