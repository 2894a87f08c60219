import type { Transaction, Warehouse } from '../warehouse/index.ts'
import { relationSql } from '../warehouse/index.ts'
import { type Outdated, type PlanOptions, planRetention } from './plan.ts'

export interface RetentionOptions extends Omit<PlanOptions, 'warehouse' | 'now'> {
  readonly warehouse: Warehouse
  readonly now?: Date
  /** Counts what would be deleted, and deletes nothing. */
  readonly dryRun?: boolean
}

export interface RetentionReport {
  readonly dryRun: boolean
  readonly relations: readonly {
    readonly relation: string
    readonly limit: Outdated['limit']
    readonly column: string
    /** Rows from before this instant go. */
    readonly before: string
    readonly rows: number
  }[]
}

/** Deletes what is older than it may become: each relation in a transaction that tells of the change. */
export async function retain({
  now = new Date(),
  dryRun = false,
  ...options
}: RetentionOptions): Promise<RetentionReport> {
  const { warehouse } = options
  const relations: RetentionReport['relations'][number][] = []
  for (const outdated of await planRetention({ ...options, now })) {
    const { relation, limit, column, before } = outdated
    const rows = await warehouse.transaction((tx) => remove(tx, warehouse, outdated, dryRun))
    relations.push({ relation, limit, column, before: before.toISOString(), rows })
  }
  return { dryRun, relations }
}

async function remove(tx: Transaction, { dialect }: Warehouse, outdated: Outdated, dryRun: boolean): Promise<number> {
  const { relation, column, before, keep } = outdated
  const from = relationSql(dialect, relation)
  const instant = dialect.literal(before.toISOString().slice(0, 19).replace('T', ' '))
  const where = [
    `${dialect.quote(column)} < CAST(${instant} AS timestamp)`,
    ...keep.map((pattern) => `type NOT LIKE ${dialect.literal(pattern)}`),
  ].join(' AND ')
  const { rows } = await tx.query(`SELECT count(*) FROM ${from} WHERE ${where}`)
  const count = Number(rows[0]?.[0] ?? 0)
  if (count === 0 || dryRun) return count
  await tx.query(`DELETE FROM ${from} WHERE ${where}`)
  await tx.touch(relation)
  return count
}
