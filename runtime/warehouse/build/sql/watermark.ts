import type { Relation } from '../../../compiler/index.ts'
import type { Warehouse } from '../../driver.ts'
import { relationSql } from '../../relation-name.ts'

/** Before every row. */
export const NO_WATERMARK = "TIMESTAMP '0001-01-01 00:00:00'"

/** Columns of the model itself that its SQL goes on from. */
export const watermarkColumns = (sql: string): ReadonlySet<string> =>
  new Set([...sql.matchAll(/\{\{\s*watermark\s+["'](\w+)["']\s*\}\}/g)].map(([, column = '']) => column))

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
    const last = rows[0]?.[0]
    if (typeof last === 'string') marks.set(column, `TIMESTAMP '${last.replace('T', ' ').replace('Z', '')}'`)
  }
  return marks
}
