import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { QueryResult, Rows, TableInfo, Transaction, Warehouse } from '../driver.ts'
import { parseRelation, relationSql } from '../relation-name.ts'
import type { SqlError } from '../sql-error.ts'
import { appendRows } from './append-rows.ts'
import { run } from './bind-values.ts'
import { ConnectionPool } from './connection-pool.ts'
import { duckDbDialect } from './dialect.ts'
import { FileReader } from './file-reader.ts'
import { type Database, type DatabaseSettings, openDatabase } from './open-database.ts'
import { columnTypes, readResult } from './read-values.ts'
import { duckDbError } from './sql-error.ts'

export interface DuckDbOptions extends DatabaseSettings {
  /** Queries at a time, and as many transactions; 4 by default. */
  readonly connections?: number
  /** Told when DuckDB gave up on the whole instance: nothing works any more until the process starts anew. */
  readonly onFatal?: (error: SqlError) => void
}

export async function openDuckDb(options: DuckDbOptions): Promise<Warehouse> {
  return new DuckDbWarehouse(await openDatabase(options), options)
}

class DuckDbWarehouse implements Warehouse {
  readonly dialect = duckDbDialect
  readonly #database: Database
  // Long transactions must not keep readers waiting.
  readonly #readers: ConnectionPool
  readonly #writers: ConnectionPool
  readonly #onFatal: ((error: SqlError) => void) | undefined

  constructor(database: Database, { connections = 4, onFatal }: DuckDbOptions) {
    this.#database = database
    this.#readers = new ConnectionPool(database.instance, connections)
    this.#writers = new ConnectionPool(database.instance, connections)
    this.#onFatal = onFatal
  }

  async query(sql: string, params?: readonly unknown[], options: { readonly signal?: AbortSignal } = {}) {
    options.signal?.throwIfAborted()
    return this.#readers.use((connection) => this.#run(connection, sql, params, options.signal))
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#writers.use(async (connection) => {
      const touched = new Set<string>()
      await this.#run(connection, 'BEGIN')
      try {
        const answer = await work(this.#transactionOn(connection, touched))
        for (const relation of touched) await this.#run(connection, BUMP, [relation])
        await this.#run(connection, 'COMMIT')
        this.#bump(touched)
        return answer
      } catch (error) {
        // DuckDB has rolled back by itself after some errors and then refuses to do it again.
        await connection.run('ROLLBACK').catch(() => undefined)
        throw error
      }
    })
  }

  async describe(relation: string) {
    const { schema, name } = parseRelation(relation)
    const { rows } = await this.query(COLUMNS, [schema ?? 'main', name])
    return rows.length === 0 ? [] : columnTypes(rows as readonly (readonly [string, string])[])
  }

  async tables() {
    const { rows } = await this.query(TABLES)
    return rows.map(([schema, name, type]) => ({ schema, name, type }) as TableInfo)
  }

  insert(relation: string, columns: readonly string[], rows: Rows) {
    return this.transaction((tx) => tx.insert(relation, columns, rows))
  }

  async loadFiles(table: string, pattern: string) {
    const handover = join(this.#database.exchange, `${randomUUID()}.parquet`)
    mkdirSync(this.#database.exchange, { recursive: true, mode: 0o700 })
    const reader = await FileReader.open()
    try {
      await reader.writeParquet(pattern, handover)
      const file = this.dialect.literal(handover)
      await this.query(`CREATE TABLE ${relationSql(this.dialect, table)} AS SELECT * FROM read_parquet(${file})`)
    } finally {
      reader.close()
      rmSync(handover, { force: true })
    }
  }

  async dataVersions() {
    return new Map(this.#database.versions)
  }

  async close() {
    this.#readers.close()
    this.#writers.close()
    this.#database.release()
  }

  #transactionOn(connection: DuckDBConnection, touched: Set<string>): Transaction {
    return {
      query: (sql, params) => this.#run(connection, sql, params),
      insert: async (relation, columns, rows) => {
        // Asking the table itself takes a fraction of what asking the catalogue does.
        const table = await this.#run(connection, `SELECT * FROM ${relationSql(duckDbDialect, relation)} LIMIT 0`)
        const names = table.columns.map(({ name }) => name)
        return appendRows(connection, relation, names, columns, rows)
      },
      touch: async (...relations) => {
        for (const relation of relations) touched.add(relation)
      },
    }
  }

  async #run(
    connection: DuckDBConnection,
    sql: string,
    params?: readonly unknown[],
    signal?: AbortSignal,
  ): Promise<QueryResult> {
    signal?.throwIfAborted()
    const interrupt = () => connection.interrupt()
    signal?.addEventListener('abort', interrupt, { once: true })
    try {
      return await readResult(await run(connection, sql, params))
    } catch (error) {
      signal?.throwIfAborted()
      throw this.#report(duckDbError(error, sql))
    } finally {
      signal?.removeEventListener('abort', interrupt)
    }
  }

  #report(error: SqlError): SqlError {
    if (error.kind === 'fatal') this.#onFatal?.(error)
    return error
  }

  #bump(relations: Iterable<string>): void {
    const { versions } = this.#database
    for (const relation of relations) versions.set(relation, (versions.get(relation) ?? 0) + 1)
  }
}

const BUMP = 'INSERT INTO _metrics.data_changes VALUES ($1, 1)'

const COLUMNS = `SELECT column_name, data_type FROM duckdb_columns()
  WHERE database_name IN (current_database(), 'temp') AND lower(schema_name) = lower($1) AND lower(table_name) = lower($2)
  ORDER BY column_index`

const TABLES = `SELECT table_schema, table_name, CASE table_type WHEN 'VIEW' THEN 'view' ELSE 'table' END
  FROM information_schema.tables
  WHERE table_catalog = current_database() AND table_schema NOT IN ('_metrics', 'information_schema', 'pg_catalog')
  ORDER BY table_schema, table_name`
