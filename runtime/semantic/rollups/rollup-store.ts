import { createHash } from 'node:crypto'
import type { Warehouse } from '../../warehouse/index.ts'
import type { LoadSql } from '../cube/compiler.ts'

/** A stored aggregate as it lies in the warehouse. */
export interface StoredRollup {
  readonly id: string
  readonly table: string
  /** Data versions of what it was made from. */
  readonly versions: string
}

export interface RollupStore {
  find(id: string): StoredRollup | undefined
  /** Builds beside what there is, then swaps in one transaction. */
  build(request: BuildRequest): Promise<StoredRollup>
  /** Drops what is stored under other ids than these: of definitions that are gone or changed. */
  keepOnly(ids: ReadonlySet<string>): Promise<void>
}

interface BuildRequest {
  readonly id: string
  readonly name: string
  readonly load: LoadSql
  /** The name that stands for the table in the SQL. */
  readonly placeholder: string
  /** Position of the column of time, to sort by. */
  readonly orderBy: number | null
  readonly versions: string
}

const ROLLUP_SCHEMA = '_metrics_rollups'
const REGISTRY = '_metrics.rollups'

/** What identifies a stored aggregate: its name and the SQL that fills it. */
export const rollupId = (name: string, load: LoadSql): string =>
  `${name}:${createHash('sha256').update(load.sql).digest('hex').slice(0, 16)}`

export async function openRollupStore(warehouse: Warehouse): Promise<RollupStore> {
  const stored = new Map((await readRegistry(warehouse)).map((rollup) => [rollup.id, rollup]))
  return {
    find: (id) => stored.get(id),
    build: async (request) => {
      const rollup = await buildRollup(warehouse, request, stored.get(request.id))
      stored.set(rollup.id, rollup)
      return rollup
    },
    keepOnly: async (ids) => {
      for (const rollup of [...stored.values()].filter(({ id }) => !ids.has(id))) {
        stored.delete(rollup.id)
        await warehouse.transaction(async (tx) => {
          await tx.query(`DELETE FROM ${REGISTRY} WHERE id = $1`, [rollup.id])
          await tx.query(`DROP TABLE IF EXISTS ${rollup.table}`)
        })
      }
    },
  }
}

async function readRegistry(warehouse: Warehouse): Promise<readonly StoredRollup[]> {
  if ((await warehouse.describe(REGISTRY)).length === 0) return []
  const { rows } = await warehouse.query(`SELECT id, table_name, versions FROM ${REGISTRY}`)
  return rows.map(([id, table, versions]) => ({ id: String(id), table: String(table), versions: String(versions) }))
}

async function buildRollup(
  warehouse: Warehouse,
  request: BuildRequest,
  old: StoredRollup | undefined,
): Promise<StoredRollup> {
  const { id, name, load, placeholder, orderBy, versions } = request
  if (load.params.length > 0) throw new Error(`the SQL of ${name} has parameters`)
  const label = name.replaceAll('.', '_').slice(0, 30)
  const suffix = createHash('sha256').update(`${id} ${versions} ${Date.now()}`).digest('hex').slice(0, 12)
  const table = `${ROLLUP_SCHEMA}.${warehouse.dialect.quote(`${label}_${suffix}`)}`
  const order = orderBy === null ? '' : ` ORDER BY ${orderBy}`
  await warehouse.transaction(async (tx) => {
    await tx.query(`CREATE SCHEMA IF NOT EXISTS ${ROLLUP_SCHEMA}`)
    await tx.query('CREATE SCHEMA IF NOT EXISTS _metrics')
    await tx.query(`CREATE TABLE IF NOT EXISTS ${REGISTRY} (id VARCHAR, table_name VARCHAR, versions VARCHAR)`)
    await tx.query(`${load.sql.split(placeholder).join(table)}${order}`)
    await tx.query(`DELETE FROM ${REGISTRY} WHERE id = $1`, [id])
    await tx.query(`INSERT INTO ${REGISTRY} VALUES ($1, $2, $3)`, [id, table, versions])
  })
  // A query that has just chosen the old table finds it gone and asks the relations instead.
  if (old !== undefined) await dropLater(warehouse, old)
  return { id, table, versions }
}

async function dropLater(warehouse: Warehouse, old: StoredRollup): Promise<void> {
  await warehouse.transaction((tx) => tx.query(`DROP TABLE IF EXISTS ${old.table}`)).catch(() => undefined)
}
