import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BuildProgress, Warehouse } from '../../runtime/warehouse/index.ts'
import { openEngines } from './engines.ts'
import { buildModels, model, source, statuses } from './support/project.ts'

const engines = await openEngines()

describe.each(engines)('building models on $name', ({ warehouse }) => {
  const rowsOf = async (sql: string) => (await warehouse.query(sql)).rows
  const version = async (relation: string) => (await warehouse.dataVersions()).get(relation) ?? 0

  beforeEach(() =>
    warehouse.query(`CREATE SCHEMA raw;
      CREATE TABLE raw.orders (id integer, status varchar, amount decimal(10, 2));
      INSERT INTO raw.orders VALUES (1, 'placed', 10), (2, 'placed', 20), (3, 'returned', 5)`),
  )
  afterEach(() => cleanUp(warehouse))

  const sources = [source('raw', 'orders')]
  const staging = model('stg_orders', 'select id, status, amount from {{source "raw" "orders"}}', {
    materialized: 'view',
  })
  const facts = model('fct_orders', '-- all\nselect * from {{ref "stg_orders"}}\n-- the end')
  const totals = model(
    'totals',
    'with t as (select status, sum(amount) as total from {{ref "fct_orders"}} group by 1) select * from t',
  )
  const chain = [totals, facts, staging]

  it('builds views and tables in the order in which they read one another', async () => {
    const events: string[] = []
    const onProgress = (event: BuildProgress) =>
      events.push(
        `${event.type} ${event.type === 'start' ? event.name : event.result.name} ${event.done}/${event.total}`,
      )
    const report = await buildModels(warehouse, chain, { sources, onProgress })
    expect(report).toMatchObject({ ok: true, diagnostics: [] })
    expect(report.results.map(({ name, materialized, rows }) => [name, materialized, rows])).toEqual([
      ['stg_orders', 'view', null],
      ['fct_orders', 'table', 3],
      ['totals', 'table', 2],
    ])
    expect(events).toEqual([
      'start stg_orders 0/3',
      'end stg_orders 1/3',
      'start fct_orders 1/3',
      'end fct_orders 2/3',
      'start totals 2/3',
      'end totals 3/3',
    ])
    expect(await rowsOf('SELECT status, total FROM totals ORDER BY 1')).toEqual([
      ['placed', 30],
      ['returned', 5],
    ])
    expect((await warehouse.tables()).map(({ name }) => name)).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/^__/)]),
    )
  })

  it('replaces what it built before and says that its data changed; a view changes only with its SQL', async () => {
    await buildModels(warehouse, chain, { sources })
    const before = { table: await version('fct_orders'), view: await version('stg_orders') }
    await warehouse.query(`INSERT INTO raw.orders VALUES (4, 'placed', 70)`)
    expect(await buildModels(warehouse, chain, { sources })).toMatchObject({ ok: true })
    expect(await rowsOf("SELECT total FROM totals WHERE status = 'placed'")).toEqual([[100]])
    expect(await version('fct_orders')).toBe(before.table + 1)
    expect(await version('stg_orders')).toBe(before.view)
    const other = model('stg_orders', 'select id, status, amount * 2 as amount from {{source "raw" "orders"}}', {
      materialized: 'view',
    })
    await buildModels(warehouse, [other], { sources })
    expect(await version('stg_orders')).toBe(before.view + 1)
  })

  it('turns a view into a table and back, with views over it', async () => {
    const top = model('top', 'select count(*) as n from {{ref "stg_orders"}}', { materialized: 'view' })
    for (const materialized of ['view', 'table', 'view', 'incremental'] as const) {
      const report = await buildModels(warehouse, [{ ...staging, materialized }, top], {
        sources,
        select: ['stg_orders'],
      })
      expect(report, materialized).toMatchObject({ ok: true })
      if (materialized === 'view') await buildModels(warehouse, [top, staging], { sources })
      expect(await rowsOf('SELECT n FROM top')).toEqual([[3]])
    }
  })

  it('keeps the last good relation where a model fails, skips only what reads it and builds the rest', async () => {
    const other = model('other', 'select 1 as one')
    await buildModels(warehouse, [...chain, other], { sources })
    const broken = model('fct_orders', 'select id,\n       amont\nfrom {{ref "stg_orders"}}')
    const report = await buildModels(warehouse, [totals, broken, staging, other], { sources })
    expect(report.ok).toBe(false)
    expect(statuses(report)).toEqual({ stg_orders: 'built', other: 'built', fct_orders: 'failed', totals: 'skipped' })
    expect(report.diagnostics).toHaveLength(1)
    expect(report.diagnostics[0]).toMatchObject({
      code: 'AM3101',
      at: { file: 'models/fct_orders.sql', line: 2, column: 8 },
    })
    expect(report.diagnostics[0]?.message).toMatch(/amont/)
    expect(report.diagnostics[0]?.hint).toMatch(/amount/)
    expect(report.results.find(({ name }) => name === 'totals')?.error).toMatch(/`fct_orders`/)
    expect(await rowsOf('SELECT count(*), max(amount) FROM fct_orders')).toEqual([[3, 20]])
  })

  it('points at the line of the file behind front matter, templates and blocks', async () => {
    const sql = `select id, {{! why }} status
{{#if incremental}}
  , 1 as never
{{else}}
  , 2 as two
{{/if}}
from {{source "raw" "orders"}} o where o.nope = 1`
    const { diagnostics } = await buildModels(
      warehouse,
      [model('late', sql, { source: { file: 'models/late.sql', line: 5 } })],
      { sources },
    )
    expect(diagnostics).toMatchObject([{ code: 'AM3101', at: { file: 'models/late.sql', line: 11, column: 40 } }])
  })

  it('points at the start of a model whose SQL fails only while it runs and leaves nothing behind', async () => {
    const sql = `select cast(status as integer) as n from {{source "raw" "orders"}}`
    const { diagnostics } = await buildModels(warehouse, [model('casts', sql)], { sources })
    expect(diagnostics).toMatchObject([{ code: 'AM3101', at: { file: 'models/casts.sql', line: 1 } }])
    expect(diagnostics[0]?.message).toMatch(/placed/)
    expect((await warehouse.tables()).map(({ name }) => name)).toEqual(['orders'])
  })

  it.each([
    ['a model read by its bare name', 'select * from totals', /\{\{ref "totals"\}\}/],
    ['a source read by its bare name', 'select * from orders', /\{\{source "raw" "orders"\}\}/],
    ['a mistyped table', 'select * from fct_ordrs', /Did you mean `fct_orders`/],
  ])('says how to mend %s', async (_, sql, hint) => {
    const { diagnostics } = await buildModels(warehouse, [...chain, model('bare', sql)], { sources, select: ['bare'] })
    expect(diagnostics[0]).toMatchObject({ code: 'AM3101', at: { file: 'models/bare.sql', line: 1, column: 15 } })
    expect(diagnostics[0]?.hint).toMatch(hint)
  })

  it('refuses to replace a relation that it did not make', async () => {
    await warehouse.query('CREATE TABLE fct_orders AS SELECT 42 AS precious')
    const report = await buildModels(warehouse, chain, { sources })
    expect(statuses(report)).toEqual({ stg_orders: 'built', fct_orders: 'failed', totals: 'skipped' })
    expect(report.diagnostics).toMatchObject([{ code: 'AM3105', at: { file: 'models/fct_orders.sql' } }])
    expect(await rowsOf('SELECT precious FROM fct_orders')).toEqual([[42]])
  })

  it('says which source table is missing, where it is named and which one may be meant', async () => {
    const sql = 'select *\nfrom {{source "raw" "ordres"}}'
    const { diagnostics } = await buildModels(warehouse, [model('m', sql)], { sources: [source('raw', 'ordres')] })
    expect(diagnostics).toMatchObject([
      { code: 'AM3108', at: { file: 'models/m.sql', line: 2, column: 6 }, hint: 'Did you mean `raw.orders`?' },
    ])
  })

  it('refuses a second statement in a model', async () => {
    const { diagnostics } = await buildModels(warehouse, [model('two', 'select 1 as a; drop table raw.orders')])
    expect(diagnostics).toMatchObject([{ code: 'AM3101', at: { line: 1, column: 14 } }])
    expect(await rowsOf('SELECT count(*) FROM raw.orders')).toEqual([[3]])
  })

  it('takes names that are keywords or longer than the engine likes', async () => {
    const long = `m_${'long_'.repeat(11)}x`
    const relations = [model('order', 'select 1 as "select"'), model(long, 'select * from {{ref "order"}}')]
    for (let times = 0; times < 2; times++) expect(await buildModels(warehouse, relations)).toMatchObject({ ok: true })
    expect(await rowsOf(`SELECT * FROM ${long}`)).toEqual([[1]])
  })

  describe('with a selection', () => {
    const left = model('left_leaf', 'select * from {{ref "fct_orders"}}')
    const all = [...chain, left, model('island', 'select 1 as one')]
    const built = async (...select: string[]) =>
      (await buildModels(warehouse, all, { sources, select })).results.map(({ name }) => name).sort()

    it.each([
      [['fct_orders'], ['fct_orders']],
      [['+fct_orders'], ['fct_orders', 'stg_orders']],
      [['fct_orders+'], ['fct_orders', 'left_leaf', 'totals']],
      [['+totals+'], ['fct_orders', 'stg_orders', 'totals']],
      [
        ['island', 'stg_orders'],
        ['island', 'stg_orders'],
      ],
      [['island,+stg_orders'], ['island', 'stg_orders']],
      [[], ['fct_orders', 'island', 'left_leaf', 'stg_orders', 'totals']],
    ])('%j builds %j', async (select, expected) => {
      await buildModels(warehouse, all, { sources })
      expect(await built(...select)).toEqual(expected)
    })

    it('suggests the name that was meant', async () => {
      await expect(built('+fct_order', 'nothing_like_it')).rejects.toMatchObject({
        diagnostics: [
          { code: 'AM3104', hint: 'Did you mean `fct_orders`?' },
          { code: 'AM3104', hint: expect.stringContaining('`island`') },
        ],
      })
    })

    it('says which model is not built yet and how to build it', async () => {
      const { diagnostics } = await buildModels(warehouse, all, { sources, select: ['fct_orders'] })
      expect(diagnostics).toMatchObject([
        {
          code: 'AM3106',
          at: { file: 'models/fct_orders.sql', line: 2, column: 15 },
          hint: 'Build it as well: `metrics build --select +fct_orders`.',
        },
      ])
    })
  })

  it('builds once at a time, however many ask', async () => {
    const slow = Array.from({ length: 6 }, (_, n) =>
      model(`t${n}`, `select ${n} as n, count(*) as c from {{source "raw" "orders"}}`),
    )
    const reports = await Promise.all([1, 2, 3].map(() => buildModels(warehouse, slow, { sources })))
    expect(reports.every(({ ok }) => ok)).toBe(true)
  })

  it('answers queries with the old rows or with the new ones while it builds, and never with an error', async () => {
    const wide = model('wide', 'select id, count(*) as n from {{source "raw" "orders"}} group by 1')
    await buildModels(warehouse, [wide], { sources })
    let building = true
    const counts = new Set<unknown>()
    const reader = (async () => {
      while (building) counts.add((await rowsOf('SELECT count(*) FROM wide'))[0]?.[0])
    })()
    for (let n = 0; n < 10; n++) await buildModels(warehouse, [wide], { sources })
    building = false
    await reader
    expect([...counts]).toEqual([3])
  })
})

async function cleanUp(warehouse: Warehouse) {
  const { name } = warehouse.dialect
  const schema = name === 'duckdb' ? 'main' : 'public'
  for (const table of await warehouse.tables()) {
    if (table.schema === schema) {
      await warehouse.query(`DROP ${table.type} IF EXISTS "${table.name}"${name === 'postgres' ? ' CASCADE' : ''}`)
    }
  }
  await warehouse.query('DROP SCHEMA raw CASCADE; DELETE FROM _metrics.relations')
}
