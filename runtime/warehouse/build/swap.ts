import { fail } from '../../diagnostics/index.ts'
import type { Transaction } from '../driver.ts'
import { parseRelation, relationSql } from '../relation-name.ts'
import { SqlError } from '../sql-error.ts'
import { type BuildContext, kindOf } from './build-context.ts'
import { isInScratch } from './candidate.ts'
import { type LedgerEntry, record } from './ledger.ts'
import { oneSwapAtATime } from './lock.ts'

export interface Swap {
  readonly relation: string
  readonly entry: LedgerEntry
  /** False where the data is what it was. */
  readonly changed: boolean
  /** Makes the new relation, in the place of the old one that is gone by then. */
  readonly create: (tx: Transaction) => Promise<unknown>
}

/** Puts a relation in the place of the one in use, in one transaction. */
export function swapIn(context: BuildContext, swap: Swap): Promise<void> {
  const { warehouse } = context
  return oneSwapAtATime(warehouse, () => warehouse.transaction((tx) => replace(context, tx, swap)))
}

async function replace(context: BuildContext, tx: Transaction, swap: Swap): Promise<void> {
  const { relation, entry, changed, create } = swap
  const kind = kindOf(context, relation)
  const name = relationSql(context.warehouse.dialect, relation)
  const isPostgres = context.warehouse.dialect.name === 'postgres'
  // Whoever asks for the relation meanwhile waits behind us.
  if (isPostgres) await tx.query(`SET LOCAL lock_timeout = ${context.lockTimeoutMs}`)
  const dependents = kind && isPostgres ? await dependentsOf(tx, name) : []
  if (kind) await drop(context, tx, relation, `DROP ${kind} ${name}${dependents.length > 0 ? ' CASCADE' : ''}`)
  await create(tx)
  for (const dependent of dependents) await recreate(context, tx, relation, dependent)
  await record(tx, relation, entry)
  if (changed) await tx.touch(relation)
}

async function drop({ lockTimeoutMs }: BuildContext, tx: Transaction, relation: string, sql: string): Promise<void> {
  try {
    await tx.query(sql)
  } catch (error) {
    if (!(error instanceof SqlError) || !error.message.includes('lock timeout')) throw error
    fail(
      'AM3112',
      `\`${relation}\` was built but cannot be put in place: another session has held it for ${lockTimeoutMs / 1000} s.`,
      {
        hint: 'Look in pg_stat_activity for a transaction that was left open (state `idle in transaction`) and end it.',
      },
    )
  }
}

/** Puts the rows of a table built in memory, or the table itself, under the name of its relation. */
export function placeSql(context: BuildContext, from: string, to: string): string {
  const { dialect } = context.warehouse
  if (!isInScratch(context.warehouse, from)) return renameSql(context, 'table', from, to)
  return `CREATE TABLE ${relationSql(dialect, to)} AS SELECT * FROM ${relationSql(dialect, from)}`
}

export const renameSql = ({ warehouse: { dialect } }: BuildContext, kind: 'table' | 'view', from: string, to: string) =>
  `ALTER ${kind} ${relationSql(dialect, from)} RENAME TO ${dialect.quote(parseRelation(to).name)}`

interface Dependent {
  readonly name: string
  readonly materialized: boolean
  readonly definition: string
}

/** Postgres drops a relation only with the views that read it: those on it, from the nearest to the farthest. */
async function dependentsOf(tx: Transaction, name: string): Promise<readonly Dependent[]> {
  const { rows } = await tx.query(DEPENDENTS, [name])
  return rows.map(([dependent, kind, definition]) => ({
    name: String(dependent),
    materialized: kind === 'm',
    definition: String(definition),
  }))
}

const DEPENDENTS = `WITH RECURSIVE dependents (oid, depth) AS (
    SELECT to_regclass($1)::oid, 0
    UNION
    SELECT r.ev_class, p.depth + 1 FROM dependents p
      JOIN pg_depend d ON d.refobjid = p.oid AND d.refclassid = 'pg_class'::regclass AND d.classid = 'pg_rewrite'::regclass
      JOIN pg_rewrite r ON r.oid = d.objid AND r.ev_class <> p.oid
    WHERE p.depth < 100
  )
  SELECT format('%I.%I', n.nspname, c.relname), c.relkind::text, pg_get_viewdef(c.oid)
  FROM dependents d JOIN pg_class c ON c.oid = d.oid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE d.depth > 0 GROUP BY c.oid, n.nspname, c.relname, c.relkind ORDER BY max(d.depth), 1`

async function recreate(context: BuildContext, tx: Transaction, relation: string, dependent: Dependent): Promise<void> {
  const kind = dependent.materialized ? 'MATERIALIZED VIEW' : 'VIEW'
  await tx.query('SAVEPOINT dependent')
  try {
    await tx.query(`CREATE ${kind} ${dependent.name} AS ${dependent.definition}`)
  } catch (error) {
    await tx.query('ROLLBACK TO SAVEPOINT dependent')
    if (!(error instanceof SqlError)) throw error
    // A view that this build makes anew later may have been written for the new columns.
    if (isPending(context, dependent.name)) return
    fail(
      'AM3110',
      `\`${relation}\` cannot be replaced, because the view ${dependent.name} does not fit it: ${error.message}.`,
      {
        hint: `Build it as well (\`--select ${relation}+\`), or mend or drop the view if it is none of this project's.`,
      },
    )
  }
}

const isPending = ({ pending, schema }: BuildContext, quoted: string) =>
  [...pending].some((name) => quoted.replaceAll('"', '') === `${schema}.${name}`)
