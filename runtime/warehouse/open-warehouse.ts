import type { Warehouse } from './driver.ts'
import { type DuckDbOptions, openDuckDb } from './duckdb/duckdb-warehouse.ts'
import { openPostgres, type PostgresOptions } from './postgres/postgres-warehouse.ts'
import type { SqlError } from './sql-error.ts'

/** A warehouse as the configuration names it; what is left out has a default. */
export type WarehouseLocation =
  | ({ readonly type: 'duckdb' } & Omit<DuckDbOptions, 'fileAccess' | 'onFatal'>)
  | ({ readonly type: 'postgres' } & PostgresOptions)

export interface OpenOptions {
  /** True where SQL may read files (DuckDB). Never with SQL that others write; projects declare sources instead. */
  readonly fileAccess?: boolean
  /** Told when the engine gave up for good: nothing works any more until the process starts anew. */
  readonly onFatal?: (error: SqlError) => void
}

/** Opens the warehouse. In one process all who open the same DuckDB file share it. */
export function openWarehouse(location: WarehouseLocation, options: OpenOptions = {}): Promise<Warehouse> {
  return location.type === 'duckdb' ? openDuckDb({ ...location, ...options }) : openPostgres(location)
}
