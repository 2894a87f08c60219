import {
  type DuckDBConnection,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  SQLNULL,
} from '@duckdb/node-api'

/** Runs a statement; dates are bound as timestamps in UTC, arrays as lists, other objects as JSON text. */
export function run(connection: DuckDBConnection, sql: string, params: readonly unknown[] = []) {
  if (params.length === 0) return connection.run(sql)
  // DuckDB infers what is undefined here.
  return connection.run(sql, params.map(bindable), params.map(typeOf) as DuckDBType[])
}

export function bindable(value: unknown): DuckDBValue {
  if (value === undefined || value === null) return null
  if (value instanceof Date) return new DuckDBTimestampValue(BigInt(value.getTime()) * 1000n)
  if (Array.isArray(value)) return listValue(value.map(bindable))
  if (typeof value === 'object') return JSON.stringify(value)
  return value as DuckDBValue
}

const typeOf = (value: unknown): DuckDBType | undefined =>
  Array.isArray(value) && value.every((item) => item === null || item === undefined) ? LIST(SQLNULL) : undefined
