import type { Warehouse } from '../../../runtime/warehouse/index.ts'
import { type ActivityEvent, MINUTE } from './event.ts'
import { operationsEvents } from './operations.ts'
import { organisationEvents } from './organisation.ts'
import { sessionEvents } from './sessions.ts'

const COLUMNS = ['org_id', 'source', 'id', 'type', 'subject', 'time', 'received_at', 'stored_at', 'data']
const TABLE = [
  'create schema if not exists raw',
  `create table if not exists raw.events (
    org_id varchar, source varchar, id varchar, type varchar, subject varchar,
    time timestamp, received_at timestamp, stored_at timestamp, data varchar
  )`,
]

/** Four weeks of every kind of event, the same each time, in the order in which they happened. */
export const activity: readonly ActivityEvent[] = [
  ...organisationEvents(),
  ...sessionEvents(),
  ...operationsEvents(),
].sort((a, b) => a.time.getTime() - b.time.getTime())

/**
 * Puts events into `raw.events`: of `acme`, and the same ones of `globex`, whom nobody at acme may see. They are received a
 * minute after they happened, and stored then, but not before `from`.
 */
export async function loadActivity(
  warehouse: Warehouse,
  events: readonly ActivityEvent[] = activity,
  from: Date = new Date(0),
): Promise<void> {
  for (const statement of TABLE) await warehouse.query(statement)
  const rows = ['acme', 'globex'].flatMap((org) =>
    events.map(({ id, type, subject, time, data }) => {
      const received = new Date(time.getTime() + MINUTE).toISOString()
      const stored = new Date(Math.max(time.getTime() + MINUTE, from.getTime())).toISOString()
      return [org, '/activity', id, type, subject, time.toISOString(), received, stored, JSON.stringify(data)]
    }),
  )
  await warehouse.transaction(async (tx) => {
    await tx.insert('raw.events', COLUMNS, rows)
    await tx.touch('raw.events')
  })
}
