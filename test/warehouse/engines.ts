import { afterAll } from 'vitest'
import { openWarehouse, type Warehouse } from '../../runtime/warehouse/index.ts'
import { postgresDatabase } from '../support/postgres.ts'

export interface Engine {
  readonly name: 'duckdb' | 'postgres'
  readonly warehouse: Warehouse
}

/** A warehouse of each engine, empty; Postgres is missing where none can be had. */
export async function openEngines(): Promise<readonly Engine[]> {
  const engines: Engine[] = [{ name: 'duckdb', warehouse: await openWarehouse({ type: 'duckdb', path: ':memory:' }) }]
  const url = await postgresDatabase()
  if (url !== null) engines.push({ name: 'postgres', warehouse: await openWarehouse({ type: 'postgres', url }) })
  afterAll(async () => {
    for (const { warehouse } of engines) await warehouse.close()
  })
  return engines
}
