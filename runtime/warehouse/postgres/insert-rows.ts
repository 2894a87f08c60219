import { fail } from '../../diagnostics/index.ts'
import type { QueryResult, Rows } from '../driver.ts'
import { relationSql } from '../relation-name.ts'
import { SqlError } from '../sql-error.ts'
import { textOf } from '../text-of.ts'
import { withoutOffset } from '../timestamp.ts'
import { postgresDialect } from './dialect.ts'

export type Run = (sql: string, params?: readonly unknown[]) => Promise<QueryResult>

const BATCH = 5_000

/** Inserts rows in batches, one array a column, and answers how many. */
export async function insertRows(run: Run, relation: string, columns: readonly string[], rows: Rows): Promise<number> {
  const types = await typesOf(run, relation, columns)
  const sql = statement(relation, columns, types)
  const toText = types.map((type) =>
    /^(timestamp|date)/.test(type) && !type.includes('with time zone') ? zoneless : storable,
  )
  let batch = columns.map((): (string | null)[] => [])
  let count = 0
  const flush = async () => {
    if ((batch[0]?.length ?? 0) === 0) return
    await run(sql, batch).catch((error: unknown) => explain(error, relation))
    batch = columns.map(() => [])
  }
  for await (const row of rows) {
    for (const [index, values] of batch.entries()) values.push(toText[index]?.(row[index]) ?? null)
    if (++count % BATCH === 0) await flush()
  }
  await flush()
  return count
}

async function typesOf(run: Run, relation: string, columns: readonly string[]): Promise<readonly string[]> {
  const { rows } = await run(TYPES, [relationSql(postgresDialect, relation)])
  if (rows.length === 0) fail('AM3010', `There is no table \`${relation}\` in the warehouse.`)
  const types = new Map(rows.map(([name, type]) => [String(name), String(type)]))
  return columns.map((column) => types.get(column) ?? fail('AM3011', `\`${relation}\` has no column \`${column}\`.`))
}

const TYPES = `SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
  WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`

function statement(relation: string, columns: readonly string[], types: readonly string[]): string {
  const { quote } = postgresDialect
  const names = columns.map(quote).join(', ')
  const casts = types.map((type, index) => `c${index}::${type}`).join(', ')
  const arrays = columns.map((_, index) => `$${index + 1}::text[]`).join(', ')
  const aliases = columns.map((_, index) => `c${index}`).join(', ')
  return `INSERT INTO ${relationSql(postgresDialect, relation)} (${names}) SELECT ${casts} FROM unnest(${arrays}) AS given (${aliases})`
}

// Postgres keeps no NUL in text; losing the character beats losing the row.
const storable = (value: unknown) => textOf(value)?.replaceAll('\0', '\uFFFD') ?? null
const zoneless = (value: unknown) => {
  const text = textOf(value)
  return text === null ? null : withoutOffset(text)
}

function explain(error: unknown, relation: string): never {
  if (error instanceof SqlError && error.kind === 'value') {
    fail('AM3011', `A row does not fit into \`${relation}\`: ${error.message}.`, { hint: error.hint })
  }
  throw error
}
