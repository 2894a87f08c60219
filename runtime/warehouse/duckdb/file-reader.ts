import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { duckDbDialect } from './dialect.ts'
import { duckDbError } from './sql-error.ts'

export interface FileColumn {
  readonly name: string
  /** As DuckDB spells it. */
  readonly type: string
}

/** Reads CSV, Parquet and JSON files beside the warehouse, in a database of its own that sees nothing else. */
export class FileReader {
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection
  readonly #spill: string

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, spill: string) {
    this.#instance = instance
    this.#connection = connection
    this.#spill = spill
  }

  static async open(): Promise<FileReader> {
    const spill = mkdtempSync(join(tmpdir(), 'agent-metrics-files-'))
    const instance = await DuckDBInstance.create(':memory:', { temp_directory: spill })
    const connection = await instance.connect()
    await connection.run(
      "SET GLOBAL TimeZone = 'UTC'; SET GLOBAL errors_as_json = true; SET autoinstall_known_extensions = false",
    )
    return new FileReader(instance, connection, spill)
  }

  /** Files that a path or glob names, sorted. */
  async files(pattern: string): Promise<readonly string[]> {
    const rows = await this.#rows(`SELECT file FROM glob(${duckDbDialect.literal(pattern)}) ORDER BY file`)
    return rows.map(([file]) => String(file))
  }

  async columns(pattern: string): Promise<readonly FileColumn[]> {
    const rows = await this.#rows(`DESCRIBE ${selectFrom(pattern)}`)
    return rows.map(([name, type]) => ({ name: String(name), type: String(type) }))
  }

  async writeParquet(pattern: string, to: string): Promise<void> {
    await this.#rows(`COPY (${selectFrom(pattern)}) TO ${duckDbDialect.literal(to)} (FORMAT parquet)`)
  }

  /** Throws at the first line that does not have one value for each column. */
  async checkCsv(pattern: string, columns: readonly string[], separator: string): Promise<void> {
    const { literal } = duckDbDialect
    const names = columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ')
    const options = `auto_detect = false, header = true, quote = '"', escape = '"', columns = {${names}}`
    await this.#rows(`SELECT count(*) FROM read_csv(${literal(pattern)}, delim = ${literal(separator)}, ${options})`)
  }

  /** Rows as text that loses nothing; nested values are JSON. */
  async *rowsAsText(pattern: string, columns: readonly FileColumn[]): AsyncGenerator<readonly unknown[]> {
    const values = columns.map(({ name, type }) => {
      const column = duckDbDialect.quote(name)
      return `CAST(${isNested(type) ? `to_json(${column})` : column} AS VARCHAR)`
    })
    const sql = `SELECT ${values.join(', ')} FROM (${selectFrom(pattern)})`
    try {
      for await (const rows of (await this.#connection.stream(sql)).yieldRows()) yield* rows
    } catch (error) {
      throw duckDbError(error, sql)
    }
  }

  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
    rmSync(this.#spill, { recursive: true, force: true })
  }

  async #rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    try {
      return await (await this.#connection.run(sql)).getRows()
    } catch (error) {
      throw duckDbError(error, sql)
    }
  }
}

export const isNested = (type: string) => /\[\d*\]$|^(STRUCT|MAP|UNION|JSON|VARIANT)\b/.test(type)

const selectFrom = (pattern: string) => duckDbDialect.readFile(pattern) ?? ''
