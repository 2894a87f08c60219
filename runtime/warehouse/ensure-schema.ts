import type { Warehouse } from './driver.ts'

/** Creates a schema that is missing. One that exists is left alone: Postgres wants rights even for IF NOT EXISTS. */
export async function ensureSchema(warehouse: Pick<Warehouse, 'dialect' | 'query'>, schema: string): Promise<void> {
  const { rows } = await warehouse.query('SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1 LIMIT 1', [schema])
  if (rows.length === 0) await warehouse.query(`CREATE SCHEMA IF NOT EXISTS ${warehouse.dialect.quote(schema)}`)
}
