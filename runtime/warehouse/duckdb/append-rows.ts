import {
  BOOLEAN,
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api'
import { fail } from '../../diagnostics/index.ts'
import type { Rows } from '../driver.ts'
import { parseRelation } from '../relation-name.ts'
import { textOf } from '../text-of.ts'
import { withoutOffset } from '../timestamp.ts'
import { bindable, run } from './bind-values.ts'
import { duckDbError } from './sql-error.ts'

/** What DuckDB takes in one piece. */
const CHUNK = 2048

/** Appends rows to a table in the connection's transaction and answers how many; `table` is its columns in order. */
export async function appendRows(
  connection: DuckDBConnection,
  relation: string,
  table: readonly string[],
  columns: readonly string[],
  rows: Rows,
): Promise<number> {
  const places = columns.map((column) => placeOf(relation, table, column))
  const { schema, name } = parseRelation(relation)
  const appender = await connection.createAppender(name, schema)
  try {
    const types = table.map((_, index) => appender.columnType(index))
    let count = 0
    for await (const batch of Array.isArray(rows) ? slices(rows) : inChunks(rows)) {
      const chunk = chunkOf(types, places, batch)
      try {
        appender.appendDataChunk(chunk)
      } catch (error) {
        await explain(error, connection, { relation, columns, places, types, batch })
      }
      count += batch.length
    }
    appender.flushSync()
    appender.closeSync()
    return count
  } catch (error) {
    discard(appender)
    throw error instanceof Error && error.name === 'Error' ? duckDbError(error, `INSERT INTO ${relation}`) : error
  }
}

/** Closing tries to write the rest once more, and fails as before. */
function discard(appender: DuckDBAppender) {
  try {
    appender.closeSync()
  } catch {
    // The first failure is the one to tell.
  }
}

function placeOf(relation: string, table: readonly string[], column: string): number {
  const place = table.findIndex((name) => name.toLowerCase() === column.toLowerCase())
  if (place < 0) fail('AM3011', `\`${relation}\` has no column \`${column}\`.`)
  return place
}

/** Pieces of rows that are all there, without waiting for each of them. */
function* slices(rows: readonly (readonly unknown[])[]): Generator<readonly (readonly unknown[])[]> {
  for (let start = 0; start < rows.length; start += CHUNK) yield rows.slice(start, start + CHUNK)
}

async function* inChunks(rows: Rows): AsyncGenerator<readonly (readonly unknown[])[]> {
  let batch: (readonly unknown[])[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < CHUNK) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** A chunk that DuckDB casts to the table's types: numbers and booleans as they are, anything else as text. */
function chunkOf(types: readonly DuckDBType[], places: readonly number[], batch: readonly (readonly unknown[])[]) {
  const sources = types.map((_, place) => places.indexOf(place))
  const chunkTypes = types.map((type, place) => transportType(type, sources[place] ?? -1, batch))
  const chunk = DuckDBDataChunk.create(chunkTypes, batch.length)
  for (const [place, type] of types.entries()) {
    const source = sources[place] ?? -1
    const convert = converterFor(chunkTypes[place], type)
    chunk.setColumnValues(
      place,
      batch.map((row) => (source < 0 ? null : convert(row[source]))),
    )
  }
  return chunk
}

function transportType(target: DuckDBType, source: number, batch: readonly (readonly unknown[])[]): DuckDBType {
  if (source < 0 || target.typeId === DuckDBTypeId.VARCHAR) return VARCHAR
  const all = (test: (value: unknown) => boolean) => batch.every((row) => row[source] == null || test(row[source]))
  if (target.typeId === DuckDBTypeId.TIMESTAMP && all((value) => value instanceof Date)) return TIMESTAMP
  return all((value) => typeof value === 'number')
    ? DOUBLE
    : all((value) => typeof value === 'boolean')
      ? BOOLEAN
      : VARCHAR
}

function converterFor(transport: DuckDBType | undefined, target: DuckDBType): (value: unknown) => DuckDBValue {
  if (transport === VARCHAR) return target.typeId === DuckDBTypeId.VARCHAR ? textOf : textFor(target)
  return transport === TIMESTAMP ? bindable : (value) => (value ?? null) as DuckDBValue
}

const WITHOUT_ZONE = new Set<DuckDBTypeId>([
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.DATE,
])

const textFor = (target: DuckDBType) => (value: unknown) => {
  const text = textOf(value)
  return text !== null && WITHOUT_ZONE.has(target.typeId) ? withoutOffset(text) : text
}

interface Attempt {
  readonly relation: string
  readonly columns: readonly string[]
  readonly places: readonly number[]
  readonly types: readonly DuckDBType[]
  readonly batch: readonly (readonly unknown[])[]
}

async function explain(error: unknown, connection: DuckDBConnection, attempt: Attempt): Promise<never> {
  const { relation, columns, places, types, batch } = attempt
  for (const [source, column] of columns.entries()) {
    const type = types[places[source] ?? -1]
    if (!type) continue
    const values = batch.map((row) => textFor(type)(row[source]))
    const sql = `SELECT v FROM (SELECT unnest($1) AS v) WHERE v IS NOT NULL AND TRY_CAST(v AS ${type}) IS NULL LIMIT 1`
    const [bad] = await (await run(connection, sql, [values])).getRows()
    if (bad)
      fail('AM3011', `Column \`${column}\` of \`${relation}\` is ${type}: ${JSON.stringify(bad[0])} does not fit.`)
  }
  throw error
}
