import type { Manifest } from '../compiler/index.ts'
import { fail, suggest } from '../diagnostics/index.ts'
import { relationSql, type Transaction, type Warehouse } from '../warehouse/index.ts'

export type Cell = string | number | boolean | null
export type Row = Readonly<Record<string, Cell>>
export type Given = Readonly<Record<string, readonly Row[]>>

/** The relations of the project as empty tables that tests fill in turn. */
export interface GivenTables {
  /** Replaces the rows of all relations; those that are not given are empty. */
  fill(given: Given): Promise<void>
}

type SqlType = Parameters<Warehouse['dialect']['typeOf']>[0]
type Columns = Map<string, SqlType>

/** Creates every relation of the semantic models, with the columns that definitions read and tests name. */
export async function createGivenTables(
  warehouse: Warehouse,
  manifest: Manifest,
  givens: readonly Given[],
): Promise<GivenTables> {
  const relations = columnsOf(manifest, givens)
  await warehouse.transaction(async (tx) => {
    for (const [relation, columns] of relations) await create(tx, warehouse, relation, columns)
  })
  let filled: string[] = []
  return {
    fill: async (given) => {
      for (const relation of Object.keys(given)) checkKnown(relation, relations)
      await warehouse.transaction(async (tx) => {
        for (const relation of filled) await tx.query(`DELETE FROM ${relationSql(warehouse.dialect, relation)}`)
        for (const [relation, rows] of Object.entries(given)) await insert(tx, relation, relations.get(relation), rows)
        await tx.touch(...new Set([...filled, ...Object.keys(given)]))
      })
      filled = Object.keys(given)
    },
  }
}

function columnsOf(manifest: Manifest, givens: readonly Given[]): ReadonlyMap<string, Columns> {
  const relations = new Map<string, Columns>()
  const { tenantKey } = manifest.project
  for (const { relation, columns, tenant } of manifest.models) {
    const known: Columns = relations.get(relation) ?? new Map()
    for (const { name, type } of columns) known.set(name, type)
    if (tenant && tenantKey !== null && !known.has(tenantKey)) known.set(tenantKey, 'string')
    relations.set(relation, known)
  }
  for (const [relation, rows] of givens.flatMap((given) => Object.entries(given))) {
    const known = relations.get(relation)
    for (const [name, value] of rows.flatMap((row) => Object.entries(row))) {
      if (value !== null && known !== undefined && !known.has(name)) known.set(name, typeOfCell(value))
    }
  }
  return relations
}

async function create(tx: Transaction, { dialect }: Warehouse, relation: string, columns: Columns) {
  const schema = relation.includes('.') ? relation.slice(0, relation.indexOf('.')) : null
  if (schema !== null) await tx.query(`CREATE SCHEMA IF NOT EXISTS ${dialect.quote(schema)}`)
  const list = [...columns].map(([name, type]) => `${dialect.quote(name)} ${dialect.typeOf(type)}`)
  const text = list.length > 0 ? list.join(', ') : `${dialect.quote('_')} ${dialect.typeOf('string')}`
  await tx.query(`CREATE TABLE ${relationSql(dialect, relation)} (${text})`)
}

async function insert(tx: Transaction, relation: string, columns: Columns | undefined, rows: readonly Row[]) {
  const names = [...(columns?.keys() ?? [])]
  await tx.insert(
    relation,
    names,
    rows.map((row) => names.map((name) => row[name] ?? null)),
  )
}

function checkKnown(relation: string, relations: ReadonlyMap<string, Columns>) {
  if (relations.has(relation)) return
  fail('AM1650', `No semantic model reads the relation '${relation}', so its rows would change nothing.`, {
    hint: suggest(relation, relations.keys()),
  })
}

function typeOfCell(value: Cell): SqlType {
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string'
}
