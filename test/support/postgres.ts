import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { inject } from 'vitest'
import { startServer } from './postgres-server.ts'

/**
 * Address of a new, empty database on a real Postgres, for `describe.skipIf(url === null)`. The server starts with
 * the first call of a test run. Null where no Postgres can be had; in CI that is an error.
 */
export async function postgresDatabase(): Promise<string | null> {
  const server = process.env.TEST_POSTGRES_URL ?? (await serverOf(inject('postgresDir')))
  if (server === null) {
    if (process.env.CI) throw new Error('Tests on Postgres need its binaries (initdb, pg_ctl) or TEST_POSTGRES_URL.')
    console.warn('SKIPPED: tests on Postgres, because there is none. Install it, or set TEST_POSTGRES_URL.')
    return null
  }
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2)}`
  const client = new Client({ connectionString: server })
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  return Object.assign(new URL(server), { pathname: name }).href
}

/** Tests run in several processes; the first one starts the server for all. */
async function serverOf(dir: string): Promise<string | null> {
  const file = join(dir, 'url')
  if (isFirst(join(dir, 'starting'))) {
    const url = await startServer(dir)
    writeFileSync(`${file}.new`, url ?? '')
    renameSync(`${file}.new`, file)
  }
  for (let tries = 0; !existsSync(file); tries++) {
    if (tries > 600) throw new Error('Postgres for tests does not start.')
    await sleep(100)
  }
  return readFileSync(file, 'utf8') || null
}

function isFirst(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    return false
  }
}
