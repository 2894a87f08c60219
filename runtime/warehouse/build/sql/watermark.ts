import type { Relation } from '../../../compiler/index.ts'
import type { Dialect, Warehouse } from '../../driver.ts'
import { relationSql } from '../../relation-name.ts'

/** Before every row. */
export const NO_WATERMARK = "TIMESTAMP '0001-01-01 00:00:00'"

/** Columns by which its SQL leaves out what it has read. */
export const unreadColumns = (sql: string): readonly string[] =>
  [...sql.matchAll(/\{\{\s*unread\s+["']\w+["']\s+["'](\w+)["']\s*\}\}/g)].map(([, column = '']) => column)

/** Columns of the model itself that its SQL goes on from. */
export const watermarkColumns = (sql: string): ReadonlySet<string> =>
  new Set(
    [...sql.matchAll(/\{\{\s*(?:watermark|unread\s+["']\w+["'])\s+["'](\w+)["']\s*\}\}/g)].map(
      ([, column = '']) => column,
    ),
  )

/** How far the rows of an incremental model reach, by column: as a literal, so that it reaches the scan of what is read. */
export async function watermarksOf(
  warehouse: Warehouse,
  { name, sql }: Relation,
): Promise<ReadonlyMap<string, string>> {
  const marks = new Map<string, string>()
  for (const column of watermarkColumns(sql)) {
    const { rows } = await warehouse.query(
      `SELECT max(${warehouse.dialect.quote(column)}) FROM ${relationSql(warehouse.dialect, name)}`,
    )
    const mark = timeSql(rows[0]?.[0])
    if (mark !== null) marks.set(column, mark)
  }
  return marks
}

/** A time as the warehouse answers it, as SQL; these compare like the times they are. */
export const timeSql = (time: unknown) =>
  typeof time === 'string' ? `TIMESTAMP '${time.replace('T', ' ').replace('Z', '')}'` : null

export const later = (a: string, b: string | undefined) => (b === undefined || b < a ? a : b)

/** Commits overtake one another by less than this. */
const OVERLAP = "interval '1 minute'"

/** What is newer than the mark, a little before it included, as far as its key is not known yet. */
export function unreadSql(
  dialect: Dialect,
  { name, uniqueKey }: Relation,
  markOf: (column: string) => string,
): (alias: string, column: string) => string {
  return (alias, column) => {
    const of = (table: string, key: string) => `${dialect.quote(table)}.${dialect.quote(key)}`
    const same = uniqueKey.map((key) => `${of('known', key)} = ${of(alias, key)}`)
    const since = (table: string) => `${of(table, column)} >= ${markOf(column)} - ${OVERLAP}`
    const known = `SELECT 1 FROM ${relationSql(dialect, name)} AS ${dialect.quote('known')}`
    return `(${since(alias)} AND NOT EXISTS (${known} WHERE ${[...same, since('known')].join(' AND ')}))`
  }
}
