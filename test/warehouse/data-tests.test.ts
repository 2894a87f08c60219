import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RelationTest } from '../../runtime/compiler/index.ts'
import { openEngines } from './engines.ts'
import { buildModels, model, statuses, test } from './support/project.ts'

const engines = await openEngines()

describe.each(engines)('data tests on $name', ({ warehouse }) => {
  const rowsOf = async (sql: string) => (await warehouse.query(sql)).rows
  const good = `select * from (values (1, 'placed', 10), (2, 'returned', 20)) as t (id, status, customer)`
  const bad = `select * from (values (1, 'placed', 10), (1, 'lost', 99), (null, 'lost', null), (3, null, 20)) as t (id, status, customer)`
  const customers = model('customers', 'select * from (values (10), (20)) as t (customer)')
  const orders = (sql: string, ...tests: RelationTest[]) => model('orders', sql, { tests })
  const reader = model('reader', 'select count(*) as n from {{ref "orders"}}')

  beforeEach(() => buildModels(warehouse, [customers, orders(good), reader]))
  afterEach(() =>
    warehouse.query(
      'DROP TABLE IF EXISTS orders; DROP TABLE IF EXISTS customers; DROP TABLE IF EXISTS reader; DELETE FROM _metrics.relations',
    ),
  )

  const checks: [RelationTest, RegExp, RegExp][] = [
    [test('id', { type: 'not_null' }), /`id` of `orders` is null in 1 row\./, /status = 'lost'/],
    [test('id', { type: 'unique' }), /1 value of `id` of `orders` stands in more than one row\./, /id = 1, rows = 2/],
    [
      test('status', { type: 'accepted_values', values: ['placed', 'returned'] }),
      /`status` of `orders` has 1 value other than `placed`, `returned`\./,
      /status = 'lost', rows = 2/,
    ],
    [test('id', { type: 'accepted_values', values: [1, 2] }), /has 1 value other than `1`, `2`/, /id = 3, rows = 1/],
    [
      test('id', { type: 'accepted_values', values: ['1', '2'] }),
      /has 1 value other than `1`, `2`/,
      /id = 3, rows = 1/,
    ],
    [
      test('customer', { type: 'relationships', to: 'customers', toColumn: 'customer' }),
      /1 value of `customer` of `orders` is missing in `customer` of `customers`\./,
      /customer = 99/,
    ],
    [
      test(null, {
        type: 'sql',
        sql: `select o.id, o.status from {{this}} o where o.customer not in (select customer from {{ref "customers"}}); `,
      }),
      /1 row of `orders` breaks it\./,
      /id = 1, status = 'lost'/,
    ],
  ]

  it.each(checks)('$name passes over good rows', async (check) => {
    const report = await buildModels(warehouse, [customers, orders(good, check), reader])
    expect(statuses(report)).toEqual({ customers: 'built', orders: 'built', reader: 'built' })
    expect(report.results.find(({ name }) => name === 'orders')?.tests).toBe(1)
  })

  it.each(checks)(
    '$name stops the model over bad rows, with their number and some of them',
    async (check, message, hint) => {
      const report = await buildModels(warehouse, [customers, orders(bad, check), reader])
      expect(statuses(report)).toEqual({ customers: 'built', orders: 'failed', reader: 'skipped' })
      expect(report.diagnostics).toMatchObject([{ code: 'AM3102', at: { file: 'models/schema.yml', line: 7 } }])
      expect(report.diagnostics[0]?.message).toMatch(message)
      expect(report.diagnostics[0]?.hint).toMatch(hint)
      expect(await rowsOf('SELECT count(*) FROM orders')).toEqual([[2]])
    },
  )

  it('reports all tests that fail, not only the first', async () => {
    const { diagnostics, results } = await buildModels(warehouse, [
      orders(bad, ...checks.slice(0, 3).map(([check]) => check)),
    ])
    expect(diagnostics).toHaveLength(3)
    expect(results[0]?.error).toBe(diagnostics[0]?.message)
  })

  it('stops views as well', async () => {
    const view = {
      ...orders(bad, test('id', { type: 'not_null' })),
      name: 'orders_view',
      materialized: 'view' as const,
    }
    expect(statuses(await buildModels(warehouse, [view]))).toEqual({ orders_view: 'failed' })
    expect(await warehouse.describe('orders_view')).toEqual([])
  })

  it('says what is wrong with a test that cannot run', async () => {
    const { diagnostics } = await buildModels(warehouse, [orders(good, test('stattus', { type: 'not_null' }, 12))])
    expect(diagnostics).toMatchObject([{ code: 'AM3103', at: { file: 'models/schema.yml', line: 12 } }])
    expect(diagnostics[0]?.message).toMatch(/stattus/)
  })

  it('builds what a relationship points to first, even where no model reads it', async () => {
    await warehouse.query('DROP TABLE customers; DROP TABLE orders; DELETE FROM _metrics.relations')
    const related = orders(good, test('customer', { type: 'relationships', to: 'customers', toColumn: 'customer' }))
    const report = await buildModels(warehouse, [related, customers])
    expect(report.results.map(({ name, tests }) => [name, tests])).toEqual([
      ['customers', 0],
      ['orders', 1],
    ])
  })

  it('builds two models whose relationships point at one another', async () => {
    const relation = (name: string, to: string) =>
      model(name, 'select 1 as id', { tests: [test('id', { type: 'relationships', to, toColumn: 'id' })] })
    const pair = [relation('chicken', 'egg'), relation('egg', 'chicken')]
    const first = await buildModels(warehouse, pair)
    expect(first.ok).toBe(true)
    expect(first.results.flatMap(({ notes }) => notes)).toEqual([
      'relationships_id did not run: `egg` is not built yet.',
    ])
    expect((await buildModels(warehouse, pair)).results.map(({ tests }) => tests)).toEqual([1, 1])
    await warehouse.query('DROP TABLE chicken; DROP TABLE egg')
  })
})
