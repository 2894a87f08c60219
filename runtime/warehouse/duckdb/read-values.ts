import {
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  JsonDuckDBValueConverter,
} from '@duckdb/node-api'
import type { Column, QueryResult } from '../driver.ts'
import { isoFromMicros } from '../timestamp.ts'

type Result = Awaited<ReturnType<DuckDBConnection['run']>>
type Convert = (value: DuckDBValue) => unknown

/** Rows of a result with values as the driver's contract has them. */
export async function readResult(result: Result): Promise<QueryResult> {
  const types = result.columnTypes()
  const converters = types.map(converterOf)
  const rows: unknown[][] = []
  for (const chunk of await result.fetchAllChunks()) {
    const first = rows.length
    for (let row = 0; row < chunk.rowCount; row++) rows.push(new Array(types.length))
    for (const [column, convert] of converters.entries()) {
      for (const [index, value] of chunk.getColumnValues(column).entries()) {
        const row = rows[first + index]
        if (row) row[column] = value === null ? null : convert(value)
      }
    }
  }
  return { columns: columnsOf(result.columnNames(), types), rows }
}

const columnsOf = (names: readonly string[], types: readonly DuckDBType[]): Column[] =>
  names.map((name, index) => ({ name, type: wordFor(types[index]) }))

/** Columns from names and types as DuckDB's catalogue spells them. */
export const columnTypes = (catalogue: readonly (readonly [string, string])[]): Column[] =>
  catalogue.map(([name, type]) => ({ name, type: wordForName(type) }))

function wordForName(type: string): Column['type'] {
  if (/[[(]|^(MAP|STRUCT|UNION|JSON|VARIANT)\b/.test(type) && !/^(DECIMAL|ENUM|VARCHAR)\(/.test(type)) return 'json'
  if (/^JSON$/.test(type)) return 'json'
  if (/INT$|^(INTEGER|FLOAT|DOUBLE|DECIMAL|BIGNUM)/.test(type)) return 'number'
  if (/^TIMESTAMP/.test(type)) return 'timestamp'
  if (/^(VARCHAR|ENUM|UUID)/.test(type)) return 'string'
  return type === 'BOOLEAN' ? 'boolean' : type === 'DATE' ? 'date' : 'other'
}

const NUMBERS = new Set<DuckDBTypeId>([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
  DuckDBTypeId.BIGNUM,
])
const TIMESTAMPS = new Set<DuckDBTypeId>([
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.TIMESTAMP_TZ,
])
const NESTED = new Set<DuckDBTypeId>([
  DuckDBTypeId.LIST,
  DuckDBTypeId.ARRAY,
  DuckDBTypeId.STRUCT,
  DuckDBTypeId.MAP,
  DuckDBTypeId.UNION,
  DuckDBTypeId.VARIANT,
])

function wordFor(type: DuckDBType | undefined): Column['type'] {
  if (type === undefined) return 'other'
  const id = type.typeId
  if (NUMBERS.has(id)) return 'number'
  if (TIMESTAMPS.has(id)) return 'timestamp'
  if (NESTED.has(id) || type.alias === 'JSON') return 'json'
  if (id === DuckDBTypeId.BOOLEAN) return 'boolean'
  if (id === DuckDBTypeId.DATE) return 'date'
  return id === DuckDBTypeId.VARCHAR || id === DuckDBTypeId.ENUM || id === DuckDBTypeId.UUID ? 'string' : 'other'
}

function converterOf(type: DuckDBType): Convert {
  const id = type.typeId
  if (id === DuckDBTypeId.BOOLEAN || id === DuckDBTypeId.VARCHAR || id === DuckDBTypeId.DOUBLE) return same
  if (NUMBERS.has(id)) return toNumber
  if (TIMESTAMPS.has(id)) return toTimestamp
  if (NESTED.has(id)) return (value) => JSON.stringify(JsonDuckDBValueConverter(value, type, JsonDuckDBValueConverter))
  return toText
}

const same: Convert = (value) => value

const toNumber: Convert = (value) => (value instanceof DuckDBDecimalValue ? Number(value.toString()) : Number(value))

const toText: Convert = (value) =>
  value instanceof DuckDBDateValue && !value.isFinite ? (value.days > 0 ? 'infinity' : '-infinity') : String(value)

const toTimestamp: Convert = (value) => isoFromMicros(microsOf(value))

function microsOf(value: DuckDBValue): bigint {
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return value.micros
  if (value instanceof DuckDBTimestampMillisecondsValue) return value.millis * 1000n
  if (value instanceof DuckDBTimestampSecondsValue) return value.seconds * 1_000_000n
  if (value instanceof DuckDBTimestampNanosecondsValue) return value.nanos / 1000n
  throw new TypeError(`Not a timestamp: ${String(value)}`)
}
