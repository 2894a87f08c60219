import { copyFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openWarehouse } from '../../runtime/warehouse/index.ts'
import { openEngines } from './engines.ts'
import { buildModels, model, source, statuses } from './support/project.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

const engines = await openEngines()
const projectDir = temporaryFolder()
mkdirSync(join(projectDir, 'data'))
const write = (name: string, text: string | Buffer) => writeFileSync(join(projectDir, 'data', name), text)

write(
  'orders.csv',
  'id,placed on,amount,paid,note\n1,2024-01-01,10.50,true,"a, ""b"""\n2,2024-02-29,,false,\n9007199254740993,2024-03-01,0.1,,Zürich\n',
)
write('orders.tsv', 'id\tname\n1\tx y\n')
write('events.ndjson', '{"id": 1, "at": "2024-01-01T12:00:00Z", "data": {"a": [1, null]}}\n{"id": 2, "more": "x"}\n')
write('list.json', '[{"id": 1, "tags": ["a", "b"]}, {"id": 2, "tags": []}]')
write('late.csv', `id,value\n${Array.from({ length: 30_000 }, (_, n) => `${n},${n}`).join('\n')}\n30000,n/a\n`)
write('part-1.csv', 'id,a\n1,x\n')
write('part-2.csv', 'id,b\n2,y\n')
write('latin1.csv', Buffer.from('id,name\n1,Z\xfcrich\n', 'latin1'))
write('empty.csv', '')
write('ragged.csv', 'id,name,amount\n1,a,10\n2,b\n3,c,30\n')
write('broken.ndjson', '{"a": 1}\n{"a": 2\n')
write('header.csv', 'id,name\n')
write('not.parquet', 'this is not parquet')

const maker = await openWarehouse({ type: 'duckdb', path: ':memory:' }, { fileAccess: true })
await maker.query(`COPY (SELECT 1 AS id, DATE '2024-01-01' AS day, TIMESTAMPTZ '2024-01-01 12:00:00+02' AS instant,
  {'x': 1} AS data, 12345678901234567.89::DECIMAL(20, 2) AS money) TO '${join(projectDir, 'data/facts.parquet')}' (FORMAT parquet)`)
await maker.close()

describe.each(engines)('sources in files on $name', ({ name: engine, warehouse }) => {
  const rowsOf = async (sql: string) => (await warehouse.query(sql)).rows
  const load = (file: string, name = 'orders') =>
    buildModels(warehouse, [], { sources: [source('files', name, file)], projectDir })

  afterEach(() => warehouse.query('DROP SCHEMA IF EXISTS files CASCADE; DELETE FROM _metrics.relations'))

  it('reads CSV with the types that all of its rows fit', async () => {
    expect((await load('data/orders.csv')).results).toMatchObject([
      { name: 'files.orders', kind: 'source', status: 'built', rows: 3 },
    ])
    expect(await warehouse.describe('files.orders')).toEqual([
      { name: 'id', type: 'number' },
      { name: 'placed on', type: 'date' },
      { name: 'amount', type: 'number' },
      { name: 'paid', type: 'boolean' },
      { name: 'note', type: 'string' },
    ])
    expect(
      await rowsOf('SELECT CAST(id AS varchar), "placed on", amount, paid, note FROM files.orders ORDER BY id'),
    ).toEqual([
      ['1', '2024-01-01', 10.5, true, 'a, "b"'],
      ['2', '2024-02-29', null, false, null],
      ['9007199254740993', '2024-03-01', 0.1, null, 'Zürich'],
    ])
  })

  it('makes a column text where a value far down the file is', async () => {
    expect(await load('data/late.csv')).toMatchObject({ ok: true })
    expect(await warehouse.describe('files.orders')).toContainEqual({ name: 'value', type: 'string' })
  })

  it('reads TSV, JSON, NDJSON and Parquet', async () => {
    await load('data/orders.tsv', 'tsv')
    expect(await rowsOf('SELECT id, name FROM files.tsv')).toEqual([[1, 'x y']])
    await load('data/events.ndjson', 'events')
    expect(await rowsOf('SELECT id, more FROM files.events ORDER BY id')).toEqual([
      [1, null],
      [2, 'x'],
    ])
    const [[data] = []] = await rowsOf('SELECT data FROM files.events WHERE id = 1')
    expect(JSON.parse(String(data)).a.map(Number)).toEqual([1, 0])
    await load('data/list.json', 'list')
    expect(await rowsOf('SELECT count(*) FROM files.list')).toEqual([[2]])
    await load('data/facts.parquet', 'facts')
    expect(await rowsOf('SELECT id, day, instant, CAST(money AS varchar) FROM files.facts')).toEqual([
      [1, '2024-01-01', '2024-01-01T10:00:00.000Z', '12345678901234567.89'],
    ])
  })

  it('reads all files that a glob names, by the names of their columns', async () => {
    await load('data/part-*.csv')
    expect(await rowsOf('SELECT id, a, b FROM files.orders ORDER BY id')).toEqual([
      [1, 'x', null],
      [2, null, 'y'],
    ])
  })

  it('is read by models, which are skipped where it fails', async () => {
    const counted = model('counted', 'select count(*) as n from {{source "files" "orders"}}')
    const build = (file: string) =>
      buildModels(warehouse, [counted], { sources: [source('files', 'orders', file)], projectDir })
    expect(statuses(await build('data/orders.csv'))).toEqual({ 'files.orders': 'built', counted: 'built' })
    expect(statuses(await build('data/gone.csv'))).toEqual({ 'files.orders': 'failed', counted: 'skipped' })
    expect(await rowsOf('SELECT n FROM counted')).toEqual([[3]])
    expect(await rowsOf('SELECT count(*) FROM files.orders')).toEqual([[3]])
    const selected = await buildModels(warehouse, [counted], {
      sources: [source('files', 'orders', 'data/orders.csv'), source('files', 'other', 'data/orders.tsv')],
      projectDir,
      select: ['counted'],
    })
    expect(statuses(selected)).toEqual({ 'files.orders': 'built', counted: 'built' })
    await warehouse.query('DROP TABLE counted')
  })

  it('is loaded again only when a file changed', async () => {
    const version = async () => (await warehouse.dataVersions()).get('files.orders') ?? 0
    write('moving.csv', 'id\n1\n')
    await load('data/moving.csv')
    const before = await version()
    expect((await load('data/moving.csv')).results).toMatchObject([{ rows: 1, notes: ['unchanged'] }])
    expect(await version()).toBe(before)
    write('moving.csv', 'id\n1\n2\n')
    expect((await load('data/moving.csv')).results).toMatchObject([{ rows: 2, notes: [] }])
    expect(await version()).toBe(before + 1)
    utimesSync(join(projectDir, 'data/moving.csv'), new Date(), new Date(2020, 1, 1))
    expect((await load('data/moving.csv')).results).toMatchObject([{ notes: [] }])
    rmSync(join(projectDir, 'data/moving.csv'))
  })

  it.each([
    ['data/ordres.csv', /There is no file/, /Did you mean `orders.csv`/],
    ['data/none-*.csv', /There is no file/, /glob/],
    ['https://example.com/x.csv', /is an address/, /Download/],
    ['data/not.parquet', /cannot be read/, undefined],
    ['data/latin1.csv', /line \d is not UTF-8/, /iconv/],
    ['data/ragged.csv', /line 3 has 2 values where 3 columns are expected/, /The line is: 2,b/],
    ['data/broken.ndjson', /Malformed JSON.*line 3: unexpected end of data\.$/, undefined],
    ['data', /There is no file|cannot be read/, undefined],
  ])('says what is wrong with %s', async (file, message, hint) => {
    const { diagnostics } = await load(file)
    expect(diagnostics).toMatchObject([{ code: 'AM3107', at: { file: 'models/sources.yml', line: 4 } }])
    expect(diagnostics[0]?.message).toMatch(message)
    if (hint) expect(diagnostics[0]?.hint).toMatch(hint)
  })

  it('takes a file that has a header and no rows, and refuses one without either', async () => {
    expect((await load('data/header.csv')).results).toMatchObject([{ status: 'built', rows: 0 }])
    expect((await load('data/empty.csv', 'none')).results).toMatchObject([{ status: 'failed' }])
  })

  it('is not loaded over a table that was there before', async () => {
    await warehouse.query('CREATE SCHEMA files; CREATE TABLE files.orders AS SELECT 42 AS precious')
    const { diagnostics } = await load('data/orders.csv')
    expect(diagnostics).toMatchObject([{ code: 'AM3105' }])
    expect(await rowsOf('SELECT precious FROM files.orders')).toEqual([[42]])
  })

  it.runIf(engine === 'duckdb')('is the only way to a file: the SQL of a model cannot read one', async () => {
    copyFileSync(join(projectDir, 'data/orders.csv'), join(projectDir, 'secret.csv'))
    for (const file of [join(projectDir, 'secret.csv'), '/etc/passwd', `${projectDir}/data/../secret.csv`]) {
      const { diagnostics } = await buildModels(warehouse, [model('thief', `select *\nfrom read_csv('${file}')`)])
      expect(diagnostics).toMatchObject([
        { code: 'AM3101', at: { file: 'models/thief.sql', line: 2 }, hint: expect.stringContaining('sources:') },
      ])
    }
    for (const sql of [
      `COPY (SELECT 1) TO '${projectDir}/out.csv'`,
      `ATTACH '${projectDir}/other.duckdb'`,
      'INSTALL httpfs',
      'LOAD httpfs',
      'SET enable_external_access = true',
      `SET lock_configuration = false`,
      `EXPORT DATABASE '${projectDir}/export'`,
    ]) {
      await expect(warehouse.query(sql), sql).rejects.toMatchObject({ name: 'SqlError' })
    }
  })
})
