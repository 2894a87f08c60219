import { Client, type ClientConfig, Pool, type PoolClient, type QueryArrayResult } from 'pg'
import { fail } from '../../diagnostics/index.ts'
import type { Column, QueryResult, Rows, TableInfo, Transaction, Warehouse } from '../driver.ts'
import { ensureSchema } from '../ensure-schema.ts'
import { relationSql } from '../relation-name.ts'
import { postgresDialect } from './dialect.ts'
import { insertRows } from './insert-rows.ts'
import { loadFiles } from './load-files.ts'
import { openError } from './open-error.ts'
import { readResult, typeParsers, wordFor } from './read-values.ts'
import { postgresError, sqlState } from './sql-error.ts'
import { BOOKKEEPING, BUMP, COLUMNS, FOLD, FOLD_EVERY, sessionSql, TABLES } from './statements.ts'

export interface PostgresOptions {
  readonly url: string
  /** Where models are built; `public` by default. */
  readonly schema?: string
  /** 8 by default. */
  readonly connections?: number
}

export async function openPostgres(options: PostgresOptions): Promise<Warehouse> {
  const warehouse = new PostgresWarehouse(options)
  try {
    await warehouse.prepare()
    return warehouse
  } catch (error) {
    await warehouse.close()
    throw error
  }
}

class PostgresWarehouse implements Warehouse {
  readonly dialect = postgresDialect
  readonly #url: URL
  readonly #schema: string
  readonly #pool: Pool
  #bookkeeping: Promise<unknown> | undefined
  #transactions = 0
  #versions: Promise<ReadonlyMap<string, number>> | undefined

  constructor({ url, schema = 'public', connections = 8 }: PostgresOptions) {
    this.#url = parseUrl(url)
    this.#schema = schema
    this.#pool = new Pool({
      connectionString: url,
      max: connections,
      types: typeParsers,
      // The pool's own limit would count waiting for a free connection as well.
      Client: HastyClient,
      application_name: 'agent-metrics',
      onConnect: async (client) => {
        // A connection lost while it is idle is replaced by the pool.
        client.on('error', () => undefined)
        await client.query(sessionSql(schema))
      },
    })
    this.#pool.on('error', () => undefined)
  }

  async prepare() {
    await ensureSchema(this, this.#schema)
  }

  async query(sql: string, params?: readonly unknown[], options: { readonly signal?: AbortSignal } = {}) {
    const { signal } = options
    signal?.throwIfAborted()
    const client = await this.#connect()
    let cancelling: Promise<void> | undefined
    const cancel = () => {
      cancelling = this.#cancel(client)
    }
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await run(client, sql, params)
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    } finally {
      signal?.removeEventListener('abort', cancel)
      await cancelling
      // The cancellation may arrive late and must not hit the next statement.
      client.release(cancelling !== undefined)
    }
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    // Before a connection is taken: it needs one itself.
    await this.#keepBooks()
    const client = await this.#connect()
    let broken = false
    try {
      await run(client, 'BEGIN')
      const answer = await work(this.#transactionOn(client))
      await run(client, 'COMMIT')
      if (++this.#transactions % FOLD_EVERY === 0) await run(client, FOLD)
      return answer
    } catch (error) {
      await run(client, 'ROLLBACK').catch(() => {
        broken = true
      })
      throw error
    } finally {
      client.release(broken)
    }
  }

  async describe(relation: string): Promise<readonly Column[]> {
    const { rows } = await this.query(COLUMNS, [relationSql(this.dialect, relation)])
    return rows.map(([name, oid, isEnum]) => ({ name: String(name), type: isEnum ? 'string' : wordFor(Number(oid)) }))
  }

  async tables(): Promise<readonly TableInfo[]> {
    const { rows } = await this.query(TABLES)
    return rows.map(([schema, name, type]) => ({ schema, name, type }) as TableInfo)
  }

  insert(relation: string, columns: readonly string[], rows: Rows) {
    return this.transaction((tx) => tx.insert(relation, columns, rows))
  }

  loadFiles(table: string, pattern: string) {
    return this.transaction((tx) => loadFiles(tx, table, pattern))
  }

  /** Everybody of one turn reads them together, as the widgets of a page do; who asks once that began reads anew. */
  dataVersions(): Promise<ReadonlyMap<string, number>> {
    this.#versions ??= new Promise(setImmediate).then(() => {
      this.#versions = undefined
      return this.#readVersions()
    })
    return this.#versions
  }

  async close() {
    if (!this.#pool.ended && !this.#pool.ending) await this.#pool.end()
  }

  async #readVersions(): Promise<ReadonlyMap<string, number>> {
    try {
      const { rows } = await this.query('SELECT relation, version FROM _metrics.data_versions')
      return new Map(rows as [string, number][])
    } catch (error) {
      if (['42P01', '3F000'].includes(sqlState(error) ?? '')) return new Map()
      throw error
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect()
    } catch (error) {
      throw openError(error, this.#url) ?? error
    }
  }

  #transactionOn(client: PoolClient): Transaction {
    return {
      query: (sql, params) => run(client, sql, params),
      insert: (relation, columns, rows) =>
        insertRows((sql, params) => run(client, sql, params), relation, columns, rows),
      touch: async (...relations) => {
        await run(client, BUMP, [relations])
      },
    }
  }

  async #keepBooks() {
    this.#bookkeeping ??= this.#createBooks()
    try {
      await this.#bookkeeping
    } catch (error) {
      this.#bookkeeping = undefined
      throw error
    }
  }

  async #createBooks() {
    const { rows } = await this.query("SELECT to_regclass('_metrics.data_versions') IS NOT NULL")
    await this.query(rows[0]?.[0] === true ? FOLD : `${BOOKKEEPING}; ${FOLD}`)
  }

  async #cancel(client: PoolClient): Promise<void> {
    const { processID } = client as PoolClient & { readonly processID?: number }
    const canceller = new Client({ connectionString: this.#url.href })
    try {
      await canceller.connect()
      await canceller.query('SELECT pg_cancel_backend($1)', [processID])
    } catch {
      // The statement then runs to its end; its connection is thrown away all the same.
    } finally {
      await canceller.end().catch(() => undefined)
    }
  }
}

class HastyClient extends Client {
  constructor(config?: ClientConfig) {
    super({ ...config, connectionTimeoutMillis: 15_000 })
  }
}

function parseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed && /^postgres(ql)?:$/.test(parsed.protocol)) return parsed
  return fail('AM3007', '`warehouse.url` is not the address of a Postgres database.', {
    hint: 'Write it as postgres://user:password@host:5432/database; signs such as @ or / in a password are percent-encoded.',
  })
}

async function run(client: PoolClient, sql: string, params: readonly unknown[] = []): Promise<QueryResult> {
  try {
    const values = params.map(bindable)
    const result: QueryArrayResult<unknown[]> | QueryArrayResult<unknown[]>[] = await client.query(
      values.length === 0 ? { text: sql, rowMode: 'array' } : { text: sql, values, rowMode: 'array' },
    )
    const last = Array.isArray(result) ? result.at(-1) : result
    return last ? readResult(last) : { columns: [], rows: [] }
  } catch (error) {
    throw postgresError(error, sql)
  }
}

function bindable(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().slice(0, -1)
  if (Array.isArray(value)) return value.map(bindable)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
