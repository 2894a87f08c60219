import type { TypedColumn } from './columns.ts'
import type { ColumnProfile } from './profile.ts'
import type { Database } from './read-profile.ts'

/** Counts what there is in each column. */
export async function measureColumns(
  database: Database,
  table: string,
  columns: readonly TypedColumn[],
): Promise<{ readonly rows: number; readonly columns: readonly ColumnProfile[] }> {
  const figures = columns.flatMap(({ sql, kind }) => [
    `count(${sql})`,
    `approx_count_distinct(${sql})`,
    kind === 'string' ? 'null' : `min(${sql})`,
    kind === 'string' ? 'null' : `max(${sql})`,
    kind === 'string' ? `coalesce(avg(length(${sql})), 0)` : '0',
    kind === 'integer' || kind === 'number' ? `count(*) filter (where ${sql} = 0)` : '0',
  ])
  const { rows } = await database.query(`select ${['count(*)', ...figures].join(', ')} from ${table}`)
  const [counted, ...values] = rows[0] ?? []
  const total = Number(counted ?? 0)
  const measured: ColumnProfile[] = []
  for (const [index, column] of columns.entries()) {
    const [filled, guess, min, max, length, zeros] = values.slice(index * 6, index * 6 + 6)
    const numbers = { filled: Number(filled), length: Number(length), zeros: Number(zeros) }
    // The guess is some percent off: count where it could matter.
    const exact = total < 200_000 || Number(guess) > total * 0.8
    const distinct = exact ? await countDistinct(database, table, column.sql) : Number(guess)
    const unique = total > 0 && numbers.filled === total && distinct === total
    measured.push({ ...column, ...numbers, distinct, unique, min: scalar(min), max: scalar(max) })
  }
  return { rows: total, columns: measured }
}

async function countDistinct(database: Database, table: string, sql: string): Promise<number> {
  const { rows } = await database.query(`select count(distinct ${sql}) from ${table}`)
  return Number(rows[0]?.[0] ?? 0)
}

const scalar = (value: unknown) => (typeof value === 'number' || typeof value === 'string' ? value : null)
