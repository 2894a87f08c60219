import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openWarehouse } from '../../runtime/warehouse/index.ts'
import { postgresDatabase } from '../support/postgres.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

const dir = temporaryFolder()
const openDuckDb = (name: string) => openWarehouse({ type: 'duckdb', path: join(dir, name) })
const errorOf = (opening: Promise<unknown>) => opening.then(() => undefined).catch((error: unknown) => error)

describe('opening DuckDB', () => {
  it('shares one instance among all who open the file in this process', async () => {
    const [one, other] = await Promise.all([openDuckDb('shared.duckdb'), openDuckDb('./shared.duckdb')])
    await one.query('CREATE TABLE t AS SELECT 1 AS a')
    await one.transaction((tx) => tx.touch('t'))
    expect((await other.query('SELECT a FROM t')).rows).toEqual([[1]])
    expect((await other.dataVersions()).get('t')).toBe(1)
    await one.close()
    await one.close()
    expect((await other.query('SELECT a FROM t')).rows).toEqual([[1]])
    await other.close()
  })

  it('keeps data and versions over a restart, in a folder that it makes', async () => {
    for (const expected of [undefined, 2, 4]) {
      const warehouse = await openDuckDb('new/folder/kept.duckdb')
      expect((await warehouse.dataVersions()).get('t')).toBe(expected)
      for (let times = 0; times < 2; times++) await warehouse.transaction((tx) => tx.touch('t'))
      await warehouse.close()
    }
  })

  it('gives each in-memory warehouse its own data', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => openWarehouse({ type: 'duckdb', path: ':memory:' })))
    await one?.query('CREATE TABLE t AS SELECT 1 AS a')
    expect(await other?.tables()).toEqual([])
    await one?.close()
    await other?.close()
  })

  it('takes limits on memory and threads', async () => {
    const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:', memoryLimit: '200MB', threads: 1 })
    const { rows } = await warehouse.query(`SELECT current_setting('threads'), current_setting('memory_limit')`)
    expect(rows).toEqual([[1, expect.stringMatching(/190\.\d MiB/)]])
    const spilled = await warehouse.query(
      'SELECT count(*) FROM (SELECT DISTINCT range, md5(range::varchar) FROM range(4000000))',
    )
    expect(spilled.rows).toEqual([[4_000_000]])
    await warehouse.close()
  })

  it('leaves half of the memory to the server that it is embedded in', async () => {
    const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:' })
    const { rows } = await warehouse.query(`SELECT current_setting('memory_limit')`)
    const [, number, unit = ''] = /^([\d.]+) (MiB|GiB)$/.exec(String(rows[0]?.[0])) ?? []
    const half = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2
    const limit = Number(number) * (unit === 'GiB' ? 2 ** 30 : 2 ** 20)
    expect(limit / half).toBeCloseTo(1, 1)
    await warehouse.close()
  })

  it('says which process holds the file', async () => {
    const path = join(dir, 'held.duckdb')
    const hold = `import { DuckDBInstance } from '@duckdb/node-api'
      globalThis.held = await DuckDBInstance.create(process.argv[1])
      console.log('held'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', hold, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    const error = await errorOf(openDuckDb('held.duckdb'))
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(error).toMatchObject({ name: 'UserError', diagnostics: [{ code: 'AM3001' }] })
    expect(String(error)).toContain(`process ${child.pid}`)
    const warehouse = await openDuckDb('held.duckdb')
    await warehouse.close()
  })

  it('says what is wrong with a file that is no warehouse, and lets others be', async () => {
    writeFileSync(join(dir, 'text.duckdb'), 'this is text, '.repeat(2_000))
    expect(await errorOf(openDuckDb('text.duckdb'))).toMatchObject({ diagnostics: [{ code: 'AM3005' }] })
    mkdirSync(join(dir, 'folder.duckdb'))
    expect(await errorOf(openDuckDb('folder.duckdb'))).toMatchObject({ diagnostics: [{ code: 'AM3005' }] })
    expect(await errorOf(openDuckDb('text.duckdb/below.duckdb'))).toMatchObject({ diagnostics: [{ code: 'AM3005' }] })
  })

  it('says that a file is damaged rather than failing with a stack', async () => {
    const path = join(dir, 'damaged.duckdb')
    const warehouse = await openDuckDb('damaged.duckdb')
    await warehouse.query('CREATE TABLE t AS SELECT range AS a, md5(range::varchar) AS b FROM range(200000)')
    await warehouse.close()
    const file = openSync(path, 'r+')
    for (let at = 4096; at < readFileSync(path).length; at += 4096) writeSync(file, Buffer.alloc(64, 0xff), 0, 64, at)
    closeSync(file)
    expect(await errorOf(openDuckDb('damaged.duckdb'))).toMatchObject({
      name: 'UserError',
      diagnostics: [{ code: 'AM3006', hint: expect.stringContaining('backup') }],
    })
  })

  it('leaves no folder of its own behind', async () => {
    const warehouse = await openDuckDb('tidy.duckdb')
    const { rows } = await warehouse.query(`SELECT current_setting('allowed_directories')`)
    const [exchange = ''] = String(JSON.parse(String(rows[0]?.[0]))).split(',')
    expect(existsSync(exchange)).toBe(false)
    writeFileSync(join(dir, 'one.csv'), 'a\n1\n')
    await warehouse.loadFiles('one', join(dir, 'one.csv'))
    expect(readdirSync(exchange)).toEqual([])
    await warehouse.close()
    expect(existsSync(exchange)).toBe(false)
  })
})

const url = await postgresDatabase()

describe.skipIf(url === null)('opening Postgres', () => {
  const at = (changes: Partial<URL>) => Object.assign(new URL(url ?? 'postgres://none'), changes).href
  const open = (address: string) => openWarehouse({ type: 'postgres', url: address })

  it('builds into the schema of the configuration and finds what is in public', async () => {
    const warehouse = await openWarehouse({ type: 'postgres', url: url ?? '', schema: 'analytics' })
    await warehouse.query('CREATE TABLE public.shop (a integer); CREATE TABLE fct (b integer)')
    expect(await warehouse.describe('analytics.fct')).toHaveLength(1)
    expect(await warehouse.describe('shop')).toHaveLength(1)
    await warehouse.close()
  })

  it.each([
    ['a database that is not there', () => at({ pathname: '/nowhere' }), 'AM3004', /createdb nowhere/],
    ['a user that is not there', () => at({ username: 'nobody_known' }), 'AM3003', /nobody_known/],
    ['a host that is not there', () => at({ hostname: 'warehouse.invalid' }), 'AM3002', /warehouse\.invalid/],
    ['another kind of address', () => 'mysql://root:hunter2@localhost/x', 'AM3007', /postgres:\/\//],
    ['no address at all', () => 'localhost', 'AM3007', /postgres:\/\//],
  ])('says what is wrong with %s', async (_, address, code, text) => {
    const error = await errorOf(open(address()))
    expect(error).toMatchObject({ name: 'UserError', diagnostics: [{ code }] })
    expect(String(error)).toMatch(text)
  })

  it('says that nobody listens, without the password', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    server.close()
    const error = await errorOf(open(`postgres://me:hunter2@127.0.0.1:${port}/x`))
    expect(error).toMatchObject({ diagnostics: [{ code: 'AM3002' }] })
    expect(String(error)).toContain(`127.0.0.1:${port}`)
    expect(JSON.stringify(error) + String(error)).not.toContain('hunter2')
  })

  it('lives on when the server drops its connections', async () => {
    const warehouse = await open(url ?? '')
    await warehouse.query('SELECT 1')
    const admin = await open(at({ pathname: '/postgres' }))
    const name = new URL(url ?? '').pathname.slice(1)
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
    await admin.close()
    await expect
      .poll(() =>
        warehouse.query('SELECT 1').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    await warehouse.close()
  })
})
