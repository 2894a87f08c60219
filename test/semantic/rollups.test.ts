import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import type { SemanticLayer } from '../../runtime/semantic/index.ts'
import { caller, companyEngines, companyManifest, openCompany } from './company/company.ts'
import { expectRows } from './company/expect-rows.ts'

const engines = await companyEngines()
const acme = caller('acme')
const months = { grain: 'month' as const, from: '2024-01-01', to: '2024-06-30' }

describe.each(engines)('stored aggregates on $name', (engine) => {
  const { warehouse } = engine
  let layer: SemanticLayer
  beforeEach(async () => {
    layer = await openCompany(engine)
  })
  afterAll(async () => {
    await warehouse.query('DROP SCHEMA IF EXISTS _metrics_rollups CASCADE')
  })

  it('are not used before they are built, and then answer the same', async () => {
    const query = {
      metrics: [
        'revenue',
        'orders_placed',
        'failure_rate',
        'basket',
        'largest',
        'revenue_mtd',
        'basket_28d',
        'done_share',
      ],
      by: ['shops.name'],
      ...months,
    }
    const before = await layer.query(query, acme)
    expect(before.served).toEqual({
      rollup: null,
      skipped: [{ rollup: 'orders.daily', reason: 'it has not been built yet' }],
    })
    expect(await layer.refresh()).toEqual([{ rollup: 'orders.daily', status: 'built', reason: null }])
    const other = await openCompany(engine)
    const after = await other.query(query, acme)
    expect(after.served).toEqual({ rollup: 'orders.daily', skipped: [] })
    expectRows(after.rows, before.rows, query)
    const { statements } = await other.sql(query, acme)
    expect(statements[0]?.sql).toContain('_metrics_rollups.')
  })

  it('are used by every role with its own rows', async () => {
    await layer.refresh()
    for (const context of [acme, caller('bolt'), caller('acme', 'manager', { shop_ids: ['s1'] })]) {
      const query = { metrics: ['revenue'], by: ['status'] }
      const { rows, served } = await layer.query(query, context)
      expect(served.rollup).toBe('orders.daily')
      const plain = await layer.query({ ...query, where: '{minutes} >= 0' }, context)
      expect(plain.served.rollup).toBeNull()
      expectRows(rows, plain.rows, query)
    }
  })

  it.each<[string, QueryDefinition, string]>([
    ['a metric it does not store', { metrics: ['smallest'] }, 'it does not store `smallest`'],
    [
      'a metric that cannot be added up',
      { metrics: ['buyers'] },
      '`buyers` (count_distinct) cannot be added up from stored parts',
    ],
    ['a dimension it lacks', { metrics: ['revenue'], by: ['regions.name'] }, 'it is not grouped by `regions__name`'],
    [
      'a filter on a dimension it lacks',
      { metrics: ['revenue'], where: '{express} = true' },
      'the query filters by `express`, which it lacks',
    ],
    [
      'a finer grain',
      { metrics: ['revenue'], grain: 'hour', from: '2024-01-01', to: '2024-01-02' },
      'its grain (day) does not add up to hour',
    ],
    [
      'a part of a day',
      { metrics: ['revenue'], from: '2024-01-01', to: '2024-03-01T09:00:00' },
      'the query begins or ends within a day',
    ],
    [
      'another time zone',
      { metrics: ['revenue'], grain: 'day', timezone: 'Europe/Berlin', from: '2024-01-01', to: '2024-01-31' },
      'it is stored in UTC, the query is in Europe/Berlin',
    ],
    ['several models', { metrics: ['refund_share'] }, 'the metric reads several models or times'],
  ])('say why they do not serve %s', async (_, query, reason) => {
    await layer.refresh()
    const { served } = await layer.query(query, acme)
    expect(served.rollup).toBeNull()
    expect(served.skipped).toEqual([{ rollup: 'orders.daily', reason }])
  })

  it('never answer older than the data', async () => {
    await layer.refresh()
    const query = { metrics: ['orders_placed'], by: ['status'], where: "{status} = 'done'" }
    const count = async () => Number((await layer.query(query, acme)).rows[0]?.orders_placed)
    const before = await count()
    await warehouse.transaction(async (tx) => {
      await tx.query(
        "INSERT INTO books.orders (order_id, org_id, status, placed_at) VALUES ('new', 'acme', 'done', TIMESTAMP '2024-05-05')",
      )
      await tx.touch('books.orders')
    })
    expect(await count()).toBe(before + 1)
    const stale = await layer.query(query, acme)
    expect(stale.served.skipped).toEqual([
      { rollup: 'orders.daily', reason: 'it is older than the data and being built anew' },
    ])
    expect(await layer.refresh()).toMatchObject([{ status: 'built' }])
    expect(await layer.refresh()).toMatchObject([{ status: 'fresh' }])
    expect(await count()).toBe(before + 1)
    const built = await (await openCompany(engine)).query(query, acme)
    expect(built.served.rollup).toBe('orders.daily')
    expect(built.rows).toEqual(stale.rows)
  })

  it('leave no table behind that no definition asks for', async () => {
    await layer.refresh()
    const manifest = await companyManifest(engine.name)
    const models = manifest.models.map((model) => ({ ...model, preAggregations: [] }))
    await layer.swap({ ...manifest, models })
    await layer.refresh()
    const tables = await warehouse.tables()
    expect(tables.filter(({ schema }) => schema === '_metrics_rollups')).toEqual([])
  })

  it('leave one table behind, however often they are built', async () => {
    for (const name of ['one', 'two']) {
      await warehouse.transaction(async (tx) => {
        await tx.query(
          `INSERT INTO books.orders (order_id, org_id, placed_at) VALUES ('${name}', 'bolt', TIMESTAMP '2024-05-05')`,
        )
        await tx.touch('books.orders')
      })
      await layer.refresh()
    }
    const tables = await warehouse.tables()
    expect(tables.filter(({ schema }) => schema === '_metrics_rollups')).toHaveLength(1)
  })
})
