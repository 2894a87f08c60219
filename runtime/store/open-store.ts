import { mkdirSync } from 'node:fs'
import { type Dialect, Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { fail } from '../diagnostics/index.ts'
import { takeLock } from './lock-file.ts'
import { migrations } from './migrations/index.ts'
import type { StoreSchema } from './schema.ts'

export type StoreConfig = { readonly path: string } | { readonly url: string } | { readonly memory: true }

/** The state of the application itself: keys, sessions, the audit log. */
export interface Store {
  readonly db: Kysely<StoreSchema>
  close(): Promise<void>
}

/** Opens the store and brings its tables up to date. An embedded one belongs to one process at a time. */
export async function openStore(config: StoreConfig): Promise<Store> {
  const unlock = 'path' in config ? lockOrFail(config.path) : () => undefined
  try {
    const db = new Kysely<StoreSchema>({ dialect: await dialectFor(config) })
    await migrate(db)
    return { db, close: () => db.destroy().finally(unlock) }
  } catch (error) {
    unlock()
    throw error
  }
}

async function dialectFor(config: StoreConfig): Promise<Dialect> {
  if ('url' in config) {
    const { default: pg } = await import('pg')
    return new PostgresDialect({ pool: new pg.Pool({ connectionString: config.url, max: 5 }) })
  }
  if ('path' in config) mkdirSync(config.path, { recursive: true })
  const { PGlite } = await import('@electric-sql/pglite')
  return new PGliteDialect({ pglite: 'path' in config ? new PGlite(config.path) : new PGlite() })
}

function lockOrFail(path: string): () => void {
  const lock = takeLock(`${path}.lock`)
  if (typeof lock === 'function') return lock
  return fail('AM5001', `The store ${path} is in use by process ${lock.heldBy}.`, {
    hint: 'Stop that process, or set store: { url } in metrics.config.ts to keep the state in Postgres.',
  })
}

async function migrate(db: Kysely<StoreSchema>) {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  await db.destroy()
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(E|28|3D|08)/.test(error.code)) {
    fail('AM5002', `The store cannot be reached: ${error.message}`, {
      hint: 'Check store.url in metrics.config.ts, and that the server runs and knows the user and the database.',
    })
  }
  throw error
}
