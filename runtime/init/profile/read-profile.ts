import type { Warehouse } from '../../warehouse/index.ts'
import {
  integerColumn,
  isLargeInteger,
  isObject,
  quote,
  type RawColumn,
  type TypedColumn,
  typedColumn,
} from './columns.ts'
import { measureColumns } from './measure-columns.ts'
import type { FileProfile } from './profile.ts'
import { readTimes } from './read-times.ts'

export type Database = Pick<Warehouse, 'query'>

/** A file of which no more than this many columns are looked at. */
const WIDEST = 300

/** Looks at a table that holds the rows of a file. */
export async function readProfile(database: Database, table: string, path: string): Promise<FileProfile> {
  const notes: string[] = []
  const described = await columnsOf(database, `select * from ${table}`)
  const wide = described.slice(0, WIDEST)
  if (wide.length < described.length) notes.push(`Only the first ${WIDEST} of ${described.length} columns were read.`)
  const flat = await flatten(database, table, wide)
  const typed: TypedColumn[] = []
  for (const column of flat) {
    const known = await settle(database, table, column)
    if (known) typed.push(known)
    else {
      const type = shorten(column.type)
      notes.push(`Column \`${column.name}\` was left out: values of type ${type} cannot be grouped or summed.`)
    }
  }
  const times = await readTimes(database, table, typed)
  const { rows, columns } = await measureColumns(database, table, times.columns)
  const empty = rows === 0 ? [] : columns.filter(({ filled }) => filled === 0)
  notes.push(...times.notes, ...empty.map(({ name }) => `Column \`${name}\` was left out: it has no values.`))
  return { path, rows, columns: columns.filter((column) => !empty.includes(column)), notes }
}

/** Fields of objects become columns of their own, one level deep. */
async function flatten(database: Database, table: string, columns: readonly RawColumn[]): Promise<RawColumn[]> {
  const flat: RawColumn[] = []
  for (const column of columns) {
    if (!isObject(column.type)) {
      flat.push(column)
      continue
    }
    const fields = await columnsOf(database, `select unnest(${column.sql}) from ${table}`)
    for (const { name, type } of fields) {
      const sql = `struct_extract(${column.sql}, '${name.replaceAll("'", "''")}')`
      flat.push({ name: `${column.name}.${name}`, sql, type })
    }
  }
  return flat
}

/** The type that the values have, where the declared one leaves it open. */
async function settle(database: Database, table: string, column: RawColumn): Promise<TypedColumn | null> {
  const none = async (condition: string) => {
    const { rows } = await database.query(`select count(*) from ${table} where ${condition}`)
    return Number(rows[0]?.[0]) === 0
  }
  const { sql, type } = column
  if (isLargeInteger(type)) {
    const most = Number.MAX_SAFE_INTEGER
    return integerColumn(column, await none(`${sql} < -${most} or ${sql} > ${most}`))
  }
  if (type === 'JSON' && (await none(`json_type(${sql}) in ('OBJECT', 'ARRAY')`))) {
    return { name: column.name, sql: `(${sql} ->> '$')`, kind: 'string' }
  }
  return typedColumn(column)
}

async function columnsOf(database: Database, select: string): Promise<RawColumn[]> {
  const { rows } = await database.query(`describe ${select}`)
  return rows.map(([name, type]) => ({ name: String(name), sql: quote(String(name)), type: String(type) }))
}

const shorten = (type: string) => (type.length > 40 ? `${type.slice(0, 40)}…` : type)
