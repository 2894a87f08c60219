import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEngines } from './engines.ts'
import { buildModels, model, source, test } from './support/project.ts'

const engines = await openEngines()

describe.each(engines)('an incremental model on $name', ({ warehouse }) => {
  const rowsOf = async (sql: string) => (await warehouse.query(sql)).rows
  const sources = [source('raw', 'events')]
  const sql = `select id, day, amount, received_at
from {{source "raw" "events"}}
{{#if incremental}}where received_at > (select coalesce(max(received_at), timestamp '1970-01-01') from {{this}}){{/if}}`
  const facts = model('fct', sql, { materialized: 'incremental', key: 'id' })
  const add = (...rows: (readonly unknown[])[]) =>
    warehouse.insert('raw.events', ['id', 'day', 'amount', 'received_at'], rows)
  const build = (relation = facts, fullRefresh = false) => buildModels(warehouse, [relation], { sources, fullRefresh })

  beforeEach(async () => {
    await warehouse.query(
      'CREATE SCHEMA raw; CREATE TABLE raw.events (id integer, day date, amount integer, received_at timestamp)',
    )
    await add([1, '2024-01-01', 10, '2024-01-01T08:00:00Z'], [2, '2024-01-02', 20, '2024-01-02T08:00:00Z'])
    await build()
  })
  afterEach(() => warehouse.query('DROP SCHEMA raw CASCADE; DROP TABLE fct; DELETE FROM _metrics.relations'))

  it('is built whole at first', async () => {
    expect(await rowsOf('SELECT id, amount FROM fct ORDER BY id')).toEqual([
      [1, 10],
      [2, 20],
    ])
  })

  it('adds new rows and leaves the others alone', async () => {
    await warehouse.query('UPDATE fct SET amount = 11 WHERE id = 1')
    await add([3, '2024-01-03', 30, '2024-01-03T08:00:00Z'])
    expect((await build()).results).toMatchObject([{ status: 'built', rows: 1 }])
    expect(await rowsOf('SELECT id, amount FROM fct ORDER BY id')).toEqual([
      [1, 11],
      [2, 20],
      [3, 30],
    ])
  })

  it('takes in rows that come late and replaces those with the same key, once each', async () => {
    await add([1, '2024-01-01', 15, '2024-01-05T08:00:00Z'], [7, '2023-12-24', 70, '2024-01-05T09:00:00Z'])
    for (let times = 0; times < 3; times++) await build()
    expect(await rowsOf('SELECT id, amount FROM fct ORDER BY id')).toEqual([
      [1, 15],
      [2, 20],
      [7, 70],
    ])
  })

  it('counts up its data version only when rows came', async () => {
    const version = async () => (await warehouse.dataVersions()).get('fct')
    const before = await version()
    expect((await build()).results).toMatchObject([{ status: 'built', rows: 0 }])
    expect(await version()).toBe(before)
    await add([3, '2024-01-03', 30, '2024-01-03T08:00:00Z'])
    await build()
    expect(await version()).toBe((before ?? 0) + 1)
  })

  it('is built anew when its columns change, and says so', async () => {
    await warehouse.query('DELETE FROM raw.events WHERE id = 1')
    const wider = { ...facts, sql: sql.replace('amount,', 'cast(amount as double precision) as amount, 1 as flag,') }
    const { results } = await build(wider)
    expect(results).toMatchObject([{ status: 'built', rows: 1 }])
    expect(results[0]?.notes[0]).toMatch(
      /^Built anew, because its columns changed: `flag` is new, `amount` was .* and is /,
    )
    expect(await rowsOf('SELECT id, flag FROM fct')).toEqual([[2, 1]])
  })

  it('is built anew where it is to go on from a column that it does not have yet', async () => {
    const marked = `select id, day, amount, received_at, received_at as stored_at
from {{source "raw" "events"}}
{{#if incremental}}where received_at > {{watermark "stored_at"}}{{/if}}`
    const { results } = await build({ ...facts, sql: marked })
    expect(results).toMatchObject([{ status: 'built', rows: 2 }])
    expect(results[0]?.notes[0]).toBe('Built anew, because its columns changed: `stored_at` is new.')
    await add([3, '2024-01-03', 30, '2024-01-03T08:00:00Z'])
    expect((await build({ ...facts, sql: marked })).results).toMatchObject([{ rows: 1, notes: [] }])
  })

  it('leaves out what it has, and takes what was stored a little before the newest', async () => {
    const unread = `select id, day, amount, events.received_at
from {{source "raw" "events"}} as events
where amount > 0 and {{unread "events" "received_at"}}`
    const reader = { ...facts, sql: unread }
    await warehouse.query('UPDATE fct SET amount = 11 WHERE id = 2')
    await add([3, '2024-01-03', 30, '2024-01-02T07:59:30Z'], [4, '2024-01-03', 40, '2024-01-02T07:58:00Z'])
    expect((await build(reader)).results).toMatchObject([{ status: 'built', rows: 1 }])
    expect(await rowsOf('SELECT id, amount FROM fct ORDER BY id')).toEqual([
      [1, 10],
      [2, 11],
      [3, 30],
    ])
    expect((await build(reader, true)).results).toMatchObject([{ rows: 4 }])
  })

  it('goes on where only the order of its columns changed', async () => {
    await add([3, '2024-01-03', 30, '2024-01-03T08:00:00Z'])
    const turned = { ...facts, sql: sql.replace('id, day, amount, received_at', 'amount, received_at, day, id') }
    expect((await build(turned)).results).toMatchObject([{ rows: 1, notes: [] }])
    expect(await rowsOf('SELECT id, amount FROM fct ORDER BY id')).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
    ])
  })

  it('is built anew on request', async () => {
    await warehouse.query('DELETE FROM raw.events WHERE id = 1')
    expect((await build(facts, true)).results).toMatchObject([{ rows: 1 }])
    expect(await rowsOf('SELECT id FROM fct')).toEqual([[2]])
  })

  it('without a unique key only adds', async () => {
    await add([1, '2024-01-01', 15, '2024-01-05T08:00:00Z'])
    await build({ ...facts, uniqueKey: [] })
    expect(await rowsOf('SELECT id, amount FROM fct ORDER BY id, amount')).toEqual([
      [1, 10],
      [1, 15],
      [2, 20],
    ])
  })

  it('takes a key of several columns', async () => {
    const both = { ...facts, uniqueKey: ['id', 'day'] }
    await add([1, '2024-01-01', 15, '2024-01-05T08:00:00Z'], [1, '2024-01-02', 16, '2024-01-05T08:00:00Z'])
    await build(both)
    expect(await rowsOf('SELECT id, amount FROM fct ORDER BY id, amount')).toEqual([
      [1, 15],
      [1, 16],
      [2, 20],
    ])
  })

  it.each([
    [
      'stands twice',
      [
        [5, '2024-01-01', 1, '2024-02-01'],
        [5, '2024-01-01', 2, '2024-02-01'],
      ],
      /more than one new row, such as '5'/,
    ],
    ['is null', [[null, '2024-01-01', 1, '2024-02-01']], /null in 1 new rows/],
  ] as const)('fails where the key %s among the new rows and stays as it was', async (_, rows, message) => {
    await add(...rows)
    const { diagnostics } = await build()
    expect(diagnostics).toMatchObject([
      { code: 'AM3109', message: expect.stringMatching(message), at: { file: 'models/fct.sql' } },
    ])
    expect(await rowsOf('SELECT count(*) FROM fct')).toEqual([[2]])
  })

  it('suggests the column that the key may mean', async () => {
    const { diagnostics } = await build({ ...facts, uniqueKey: ['idd'] })
    expect(diagnostics).toMatchObject([{ code: 'AM3109', hint: 'Did you mean `id`?' }])
  })

  it('keeps none of the new rows where the whole then breaks a data test', async () => {
    const tested = { ...facts, uniqueKey: [], tests: [test('id', { type: 'unique' })] }
    await add([1, '2024-01-01', 15, '2024-01-05T08:00:00Z'], [3, '2024-01-03', 30, '2024-01-05T08:00:00Z'])
    const before = await warehouse.dataVersions()
    const { diagnostics } = await build(tested)
    expect(diagnostics).toMatchObject([
      { code: 'AM3102', message: expect.stringContaining('1 value of `id` of `fct` stands') },
    ])
    expect(await rowsOf('SELECT id, amount FROM fct ORDER BY id')).toEqual([
      [1, 10],
      [2, 20],
    ])
    expect(await warehouse.dataVersions()).toEqual(before)
  })
})
