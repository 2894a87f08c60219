import { DEFAULT_ORGANISATIONS, type DemoOptions, generateEvents } from '../../models/demo/index.ts'
import type { Warehouse } from '../../runtime/warehouse/index.ts'

/** The columns of accepted events that models read. */
const TABLE = [
  'create schema if not exists raw',
  `create table if not exists raw.events (
    org_id varchar, source varchar, id varchar, type varchar, subject varchar,
    time timestamp, received_at timestamp, stored_at timestamp, data varchar
  )`,
]
const COLUMNS = ['org_id', 'source', 'id', 'type', 'subject', 'time', 'received_at', 'stored_at', 'data']

/** Three months of a hundred people are enough for every metric. */
const SMALL = DEFAULT_ORGANISATIONS.map((plan) => ({ ...plan, users: Math.min(plan.users, 100) }))

/** Puts demo events into `raw.events`, those received in a span of time only where one is given. */
export async function loadDemo(
  warehouse: Warehouse,
  options: DemoOptions,
  received: (at: string) => boolean = () => true,
): Promise<number> {
  for (const statement of TABLE) await warehouse.query(statement)
  return warehouse.insert('raw.events', COLUMNS, rows(options, received))
}

function* rows(options: DemoOptions, received: (at: string) => boolean): Generator<readonly unknown[]> {
  for (const { orgid, source, id, type, subject, time, receivedtime, data } of generateEvents({
    days: 90,
    organisations: SMALL,
    ...options,
  })) {
    if (received(receivedtime))
      yield [orgid, source, id, type, subject, time, receivedtime, receivedtime, JSON.stringify(data)]
  }
}
