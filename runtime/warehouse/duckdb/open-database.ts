import { randomUUID } from 'node:crypto'
import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir, totalmem } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { duckDbDialect } from './dialect.ts'
import { openError } from './open-error.ts'

export interface DatabaseSettings {
  /** Absolute, or `:memory:`. */
  readonly path: string
  readonly memoryLimit?: string | null
  readonly threads?: number | null
  /** True where SQL may read any file: never with SQL that others write. */
  readonly fileAccess?: boolean
}

/** One open instance, shared by all who open its file in this process. */
export interface Database {
  readonly instance: DuckDBInstance
  /** Data versions of relations as of the last commit. */
  readonly versions: Map<string, number>
  /** The one folder that SQL may read and write: files are handed over here. */
  readonly exchange: string
  release(): void
}

interface Shared {
  readonly opening: Promise<Omit<Database, 'release'>>
  users: number
}

const shared = new Map<string, Shared>()

export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.path === ':memory:') return released(await open(settings), () => undefined)
  const key = canonical(settings.path)
  const entry = shared.get(key) ?? { opening: open(settings), users: 0 }
  shared.set(key, entry)
  entry.users++
  const leave = () => --entry.users === 0 && shared.delete(key)
  try {
    return released(await entry.opening, leave)
  } catch (error) {
    leave()
    throw error
  }
}

function released(database: Omit<Database, 'release'>, leave: () => boolean | undefined): Database {
  let open = true
  const release = () => {
    if (!open) return
    open = false
    if (leave() === false) return
    database.instance.closeSync()
    rmSync(database.exchange, { recursive: true, force: true })
  }
  return { ...database, release }
}

function canonical(path: string): string {
  const absolute = resolve(path)
  try {
    mkdirSync(dirname(absolute), { recursive: true })
    return join(realpathSync(dirname(absolute)), basename(absolute))
  } catch (error) {
    throw openError(error, path) ?? error
  }
}

async function open(settings: DatabaseSettings): Promise<Omit<Database, 'release'>> {
  // Made when it is first needed: a process that is killed mostly leaves none.
  const exchange = join(tmpdir(), `agent-metrics-${randomUUID()}`)
  try {
    const instance = await DuckDBInstance.create(settings.path, instanceOptions(settings, exchange))
    const connection = await instance.connect()
    await connection.run(`ATTACH ':memory:' AS ${duckDbDialect.scratch}`)
    await connection.run(sessionSql(settings, exchange))
    // A log left by a process that died is folded in before anything else happens.
    await connection.run('CHECKPOINT')
    await connection.run(BOOKKEEPING)
    const versions = await connection.runAndReadAll('SELECT relation, version::DOUBLE FROM _metrics.data_versions')
    connection.closeSync()
    return { instance, exchange, versions: new Map(versions.getRowsJS() as [string, number][]) }
  } catch (error) {
    rmSync(exchange, { recursive: true, force: true })
    throw openError(error, settings.path) ?? error
  }
}

function instanceOptions({ path, memoryLimit, threads }: DatabaseSettings, exchange: string): Record<string, string> {
  return {
    ...(path === ':memory:' ? { temp_directory: `${exchange}-spill` } : {}),
    memory_limit: memoryLimit ?? defaultMemoryLimit(),
    ...(threads == null ? {} : { threads: String(threads) }),
    autoinstall_known_extensions: 'false',
  }
}

/** DuckDB would take four fifths, and the server that it is embedded in needs its share as well. */
function defaultMemoryLimit(): string {
  // 0 where nothing constrains the process, and a number beyond all memory in containers without a limit.
  const allowed = process.constrainedMemory() || Number.POSITIVE_INFINITY
  return `${Math.floor(Math.min(totalmem(), allowed) / 2 / 2 ** 20)}MiB`
}

function sessionSql({ fileAccess = false }: DatabaseSettings, exchange: string): string {
  const locked = `SET GLOBAL allowed_directories = [${duckDbDialect.literal(`${exchange}/`)}];
    SET GLOBAL enable_external_access = false;
    SET GLOBAL lock_configuration = true;`
  return `SET GLOBAL TimeZone = 'UTC'; SET GLOBAL errors_as_json = true;
    SET GLOBAL checkpoint_threshold = '${CHECKPOINT_AFTER}'; ${fileAccess ? '' : locked}`
}

/** Of log. With the usual 16 MB a busy ingest spends half its time on folding the log into the file. */
const CHECKPOINT_AFTER = '128MB'

// Every change is a row of its own, folded together on opening: two transactions that touch one relation never conflict.
const BOOKKEEPING = `
  CREATE SCHEMA IF NOT EXISTS _metrics;
  CREATE TABLE IF NOT EXISTS _metrics.data_changes (relation VARCHAR NOT NULL, change BIGINT NOT NULL);
  CREATE VIEW IF NOT EXISTS _metrics.data_versions AS
    SELECT relation, CAST(sum(change) AS BIGINT) AS version FROM _metrics.data_changes GROUP BY relation;
  BEGIN;
  CREATE TEMP TABLE folded AS SELECT relation, version FROM _metrics.data_versions;
  DELETE FROM _metrics.data_changes;
  INSERT INTO _metrics.data_changes SELECT relation, version FROM folded;
  DROP TABLE folded;
  COMMIT`
