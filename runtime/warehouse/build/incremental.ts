import type { Relation } from '../../compiler/index.ts'
import { fail, suggest, UserError } from '../../diagnostics/index.ts'
import type { Transaction, Warehouse } from '../driver.ts'
import { relationSql } from '../relation-name.ts'
import type { BuildContext, Built } from './build-context.ts'
import { record } from './ledger.ts'
import type { Tested } from './sql/data-tests.ts'

export interface TypedColumn {
  readonly name: string
  readonly type: string
}

/** Columns of a model's relation with the engine's names of their types. */
export async function columnsOf(warehouse: Warehouse, relation: string): Promise<readonly TypedColumn[]> {
  const { rows } = await warehouse.query(warehouse.dialect.columnsOf(relation))
  return rows.map(([column, type]) => ({ name: String(column), type: String(type) }))
}

/** How columns differ, in words; null where they do not, in whatever order they are. */
export function compareColumns(before: readonly TypedColumn[], after: readonly TypedColumn[]): string | null {
  const old = new Map(before.map(({ name, type }) => [name, type]))
  const current = new Map(after.map(({ name, type }) => [name, type]))
  const added = after.filter(({ name }) => !old.has(name)).map(({ name }) => `\`${name}\` is new`)
  const removed = before.filter(({ name }) => !current.has(name)).map(({ name }) => `\`${name}\` is gone`)
  const retyped = after
    .filter(({ name, type }) => old.has(name) && old.get(name) !== type)
    .map(({ name, type }) => `\`${name}\` was ${old.get(name)} and is ${type}`)
  const all = [...added, ...removed, ...retyped]
  return all.length === 0 ? null : all.join(', ')
}

/** The unique key has to be one: a row with a null in it could never be replaced. */
export async function checkUniqueKey(
  { warehouse }: BuildContext,
  relation: Relation,
  candidate: string,
): Promise<void> {
  const { uniqueKey, name } = relation
  if (uniqueKey.length === 0) return
  const at = { file: relation.source.file, line: relation.source.line, column: 1 }
  const columns = (await columnsOf(warehouse, candidate)).map((column) => column.name)
  for (const column of uniqueKey.filter((key) => !columns.includes(key))) {
    fail('AM3109', `The unique key of \`${name}\` names \`${column}\`, which is not a column of it.`, {
      at,
      hint: suggest(column, columns),
    })
  }
  const { quote } = warehouse.dialect
  const keys = uniqueKey.map(quote)
  const table = relationSql(warehouse.dialect, candidate)
  const anyNull = keys.map((key) => `${key} IS NULL`).join(' OR ')
  const nulls = await warehouse.query(`SELECT count(*) FROM ${table} WHERE ${anyNull}`)
  const twice = await warehouse.query(
    `SELECT ${keys.join(', ')} FROM ${table} GROUP BY ${keys.join(', ')} HAVING count(*) > 1 LIMIT 3`,
  )
  const key = uniqueKey.map((column) => `\`${column}\``).join(', ')
  if (Number(nulls.rows[0]?.[0]) > 0) {
    fail('AM3109', `The unique key ${key} of \`${name}\` is null in ${nulls.rows[0]?.[0]} new rows.`, {
      at,
      hint: 'Leave these rows out, or give them a key with coalesce().',
    })
  }
  if (twice.rows.length > 0) {
    const examples = twice.rows.map((row) => row.map((value) => `'${value}'`).join(', ')).join('; ')
    fail('AM3109', `The unique key ${key} of \`${name}\` stands in more than one new row, such as ${examples}.`, {
      at,
      hint: 'Keep the latest row of each key, such as with row_number() over (partition by … order by … desc) = 1.',
    })
  }
}

/** Replaces rows with the same key and adds the new ones, tests the outcome and keeps it only if it is good. */
export async function mergeRows(
  context: BuildContext,
  { name, uniqueKey }: Relation,
  candidate: string,
  columns: readonly string[],
  test: (tx: Transaction) => Promise<Tested>,
): Promise<Built> {
  const { dialect } = context.warehouse
  const [target, source] = [relationSql(dialect, name), relationSql(dialect, candidate)]
  const sameKey = uniqueKey.map((key) => `${target}.${dialect.quote(key)} = ${source}.${dialect.quote(key)}`)
  const list = columns.map(dialect.quote).join(', ')
  return context.warehouse.transaction(async (tx) => {
    const { rows } = await tx.query(`SELECT count(*) FROM ${source}`)
    const count = Number(rows[0]?.[0])
    // Without a new row there is nothing that was not tested before.
    if (count === 0 && context.memory !== undefined) return { rows: 0, tests: 0, notes: [] }
    if (count > 0) {
      if (sameKey.length > 0) await tx.query(`DELETE FROM ${target} USING ${source} WHERE ${sameKey.join(' AND ')}`)
      await tx.query(`INSERT INTO ${target} (${list}) SELECT ${list} FROM ${source}`)
      await tx.touch(name)
    }
    const tested = await test(tx)
    if (tested.diagnostics.length > 0) throw new UserError(tested.diagnostics)
    await record(tx, name, { kind: 'table', definition: '' })
    return { rows: count, tests: tested.ran, notes: tested.notes }
  })
}
