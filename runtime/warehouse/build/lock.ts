import type { Warehouse } from '../driver.ts'

const builds = new WeakMap<Warehouse, Promise<unknown>>()
const swaps = new WeakMap<Warehouse, Promise<unknown>>()

/** One build at a time: a second one waits for the first. On Postgres those of other processes count as well. */
export function oneBuildAtATime<T>(warehouse: Warehouse, work: () => Promise<T>): Promise<T> {
  return inTurn(builds, warehouse, () => (warehouse.dialect.name === 'postgres' ? locked(warehouse, work) : work()))
}

/** Two swaps that take down and recreate the same views would wait for one another for ever. */
export const oneSwapAtATime = <T>(warehouse: Warehouse, work: () => Promise<T>): Promise<T> =>
  inTurn(swaps, warehouse, work)

function inTurn<T>(
  queue: WeakMap<Warehouse, Promise<unknown>>,
  warehouse: Warehouse,
  work: () => Promise<T>,
): Promise<T> {
  const before = queue.get(warehouse) ?? Promise.resolve()
  const mine = before.catch(() => undefined).then(work)
  queue.set(warehouse, mine)
  return mine
}

const locked = <T>(warehouse: Warehouse, work: () => Promise<T>): Promise<T> =>
  warehouse.transaction(async (tx) => {
    await tx.query(`SET LOCAL idle_in_transaction_session_timeout = 0`)
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('agent-metrics build'), hashtext(current_schema()))`)
    return work()
  })
