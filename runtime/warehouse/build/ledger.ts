import type { Warehouse } from '../driver.ts'
import { ensureSchema } from '../ensure-schema.ts'

export type QueryRunner = Pick<Warehouse, 'query'>

/** What this project has made in the warehouse, kept there: nothing else may be replaced. */
export interface LedgerEntry {
  readonly kind: 'view' | 'table'
  /** SQL of a view, or what tells the state of a source's files. */
  readonly definition: string
}
export type Ledger = ReadonlyMap<string, LedgerEntry>

export async function openLedger(warehouse: Warehouse): Promise<Ledger> {
  if ((await warehouse.describe('_metrics.relations')).length === 0) await createLedger(warehouse)
  const { rows } = await warehouse.query('SELECT relation, kind, definition FROM _metrics.relations')
  return new Map(rows.map(([relation, kind, definition]) => [String(relation), { kind, definition } as LedgerEntry]))
}

async function createLedger(warehouse: Warehouse): Promise<void> {
  await ensureSchema(warehouse, '_metrics')
  // Without a key: DuckDB refuses to delete and insert one key in one transaction.
  await warehouse.query(`CREATE TABLE IF NOT EXISTS _metrics.relations (
    relation VARCHAR NOT NULL, kind VARCHAR NOT NULL, definition VARCHAR NOT NULL, built_at TIMESTAMP NOT NULL)`)
}

export async function record(run: QueryRunner, relation: string, entry: LedgerEntry): Promise<void> {
  await run.query('DELETE FROM _metrics.relations WHERE relation = $1', [relation])
  await run.query('INSERT INTO _metrics.relations VALUES ($1, $2, $3, $4)', [
    relation,
    entry.kind,
    entry.definition,
    new Date(),
  ])
}
