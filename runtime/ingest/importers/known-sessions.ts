import type { Warehouse } from '../../warehouse/index.ts'
import { EVENTS } from '../tables.ts'
import type { ImportedEvent } from './imported.ts'

const CHUNK = 500

/** Leaves out events of sessions that their agents told themselves, by telemetry: they would count twice. */
export async function withoutKnownSessions(
  warehouse: Warehouse,
  org: string,
  events: readonly ImportedEvent[],
): Promise<readonly ImportedEvent[]> {
  const sessions = [
    ...new Set(events.flatMap(({ data }) => (typeof data.session_id === 'string' ? [data.session_id] : []))),
  ]
  const known = new Set<unknown>()
  for (let from = 0; from < sessions.length; from += CHUNK) {
    const part = sessions.slice(from, from + CHUNK)
    const { rows } = await warehouse.query(
      `SELECT DISTINCT subject FROM ${EVENTS} WHERE type = 'agent.session.started' AND org_id = $1
       AND source LIKE '/telemetry/%' AND subject IN (${part.map((_, index) => `$${index + 2}`).join(', ')})`,
      [org, ...part],
    )
    for (const [session] of rows) known.add(session)
  }
  return events.filter(({ data }) => !known.has(data.session_id))
}
