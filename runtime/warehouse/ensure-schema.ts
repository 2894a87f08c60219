import type { Warehouse } from './driver.ts'

type Database = Pick<Warehouse, 'dialect' | 'query'>

const last = new WeakMap<Database, Promise<void>>()

/**
 * Creates a schema that is missing, one at a time: DuckDB fails where two create the same one at once. One that exists
 * is left alone: Postgres wants rights even for IF NOT EXISTS.
 */
export function ensureSchema(warehouse: Database, schema: string): Promise<void> {
  const created = (last.get(warehouse) ?? Promise.resolve()).then(() => create(warehouse, schema))
  last.set(
    warehouse,
    created.catch(() => undefined),
  )
  return created
}

async function create(warehouse: Database, schema: string): Promise<void> {
  const { rows } = await warehouse.query('SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1 LIMIT 1', [schema])
  if (rows.length === 0) await warehouse.query(`CREATE SCHEMA IF NOT EXISTS ${warehouse.dialect.quote(schema)}`)
}
