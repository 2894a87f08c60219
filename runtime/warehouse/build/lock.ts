import type { Warehouse } from '../driver.ts'

const running = new WeakMap<Warehouse, Promise<unknown>>()

/** One build at a time: a second one waits for the first. On Postgres those of other processes count as well. */
export async function oneAtATime<T>(warehouse: Warehouse, work: () => Promise<T>): Promise<T> {
  const before = running.get(warehouse) ?? Promise.resolve()
  const mine = before
    .catch(() => undefined)
    .then(() => (warehouse.dialect.name === 'postgres' ? locked(warehouse, work) : work()))
  running.set(warehouse, mine)
  return mine
}

const locked = <T>(warehouse: Warehouse, work: () => Promise<T>): Promise<T> =>
  warehouse.transaction(async (tx) => {
    await tx.query(`SET LOCAL idle_in_transaction_session_timeout = 0`)
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('agent-metrics build'), hashtext(current_schema()))`)
    return work()
  })
