import { describe, expect, it } from 'vitest'
import type { Grain } from '../../runtime/definitions/index.ts'
import { caller, companyEngines, openCompany } from './company/company.ts'
import { expectRows } from './company/expect-rows.ts'

const engines = await companyEngines()

/** Every aggregation over orders, as an analyst would write it by hand. */
const metrics = (engine: string): Readonly<Record<string, string>> => ({
  orders_placed: 'count(*)',
  orders_failed: "count(CASE WHEN o.status = 'failed' THEN 1 END)",
  buyers: 'count(DISTINCT o.user_id)',
  revenue: 'sum(o.amount)',
  basket: 'avg(o.amount)',
  smallest: 'min(o.amount)',
  largest: 'max(o.amount)',
  basket_median: quantile(engine, 0.5),
  basket_p90: quantile(engine, 0.9),
  northern_revenue: "sum(CASE WHEN r.name = 'North' AND o.status = 'done' THEN o.amount END)",
  failure_rate: "count(CASE WHEN o.status = 'failed' THEN 1 END) * 1.0 / count(*)",
  done_share: "1 - count(CASE WHEN o.status = 'failed' THEN 1 END) * 1.0 / count(*)",
})

const quantile = (engine: string, at: number) =>
  engine === 'duckdb' ? `quantile_cont(o.amount, ${at})` : `percentile_cont(${at}) WITHIN GROUP (ORDER BY o.amount)`

const FROM = `books.orders o
  LEFT JOIN books.shops s ON s.shop_id = o.shop_id AND s.org_id = o.org_id
  LEFT JOIN books.regions r ON r.region_id = s.region_id`

const DIMENSIONS: Readonly<Record<string, string>> = {
  status: 'o.status',
  size: "CASE WHEN o.amount > 50 THEN 'large' ELSE 'small' END",
  express: 'o.express',
  order: 'o."order"',
  'shops.name': 's.name',
  'regions.name': 'r.name',
  region_and_status: "r.name || ' ' || o.status",
}

const GRAINS: readonly Grain[] = ['hour', 'day', 'week', 'month', 'quarter', 'year']
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']

describe.each(engines)('aggregations on $name', (engine) => {
  const { warehouse, name } = engine
  const layer = openCompany(engine)
  const names = Object.keys(metrics(name))
  const select = names.map((metric) => `${metrics(name)[metric]} AS ${metric}`).join(', ')
  const byHand = async (sql: string) => {
    const { columns, rows } = await warehouse.query(sql)
    return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column.name, row[at]])))
  }

  it('answer like SQL by no dimension', async () => {
    const { rows } = await (await layer).query({ metrics: names }, caller('acme'))
    expectRows(rows, await byHand(`SELECT ${select} FROM ${FROM} WHERE o.org_id = 'acme'`), 'everything')
  })

  it.each(Object.keys(DIMENSIONS))('answer like SQL by %s', async (dimension) => {
    const { rows } = await (await layer).query({ metrics: names, by: [dimension] }, caller('acme'))
    const sql = `SELECT ${DIMENSIONS[dimension]} AS "${dimension}", ${select} FROM ${FROM} WHERE o.org_id = 'acme' GROUP BY 1`
    expectRows(rows, await byHand(sql), dimension)
  })

  it.each(ZONES.flatMap((zone) => GRAINS.map((grain) => ({ zone, grain }))))(
    'answer like SQL at grain $grain in $zone',
    async ({ zone, grain }) => {
      const query = { metrics: names, by: ['shops.name'], grain, timezone: zone, from: '2024-01-01', to: '2024-11-30' }
      const { rows } = await (await layer).query(query, caller('acme'))
      const local = `((o.placed_at AT TIME ZONE 'UTC') AT TIME ZONE '${zone}')`
      const length = grain === 'hour' ? 19 : 10
      const time = `substr(replace(CAST(CAST(date_trunc('${grain}', ${local}) AS timestamp) AS varchar(40)), ' ', 'T'), 1, ${length})`
      const sql = `SELECT ${time} AS time, s.name AS "shops.name", ${select} FROM ${FROM}
        WHERE o.org_id = 'acme' AND ${local} >= TIMESTAMP '2024-01-01' AND ${local} < TIMESTAMP '2024-12-01' GROUP BY 1, 2`
      expectRows(rows, await byHand(sql), query)
    },
  )

  it('filter on both sides of a ratio', async () => {
    const where = "{shops.name} = 'Mill of acme' and ({express} = true or {minutes} > 40)"
    const { rows } = await (await layer).query(
      { metrics: ['failure_rate', 'revenue'], by: ['status'], where },
      caller('acme'),
    )
    const sql = `SELECT o.status, ${metrics(name).failure_rate} AS failure_rate, sum(o.amount) AS revenue FROM ${FROM}
      WHERE o.org_id = 'acme' AND s.name = 'Mill of acme' AND (o.express = true OR o.minutes > 40) GROUP BY 1`
    expectRows(rows, await byHand(sql), where)
  })

  it.each([
    ["{status} <> 'failed'", "o.status <> 'failed'"],
    ["not {status} = 'failed'", "NOT o.status = 'failed'"],
    ["{status} in ('failed', 'gone')", "o.status IN ('failed', 'gone')"],
    ["{status} not in ('failed')", "o.status NOT IN ('failed')"],
    ['{status} is null', 'o.status IS NULL'],
    ['{minutes} between 10 and 20', 'o.minutes BETWEEN 10 AND 20'],
    ['not {minutes} between 10 and 20', 'NOT o.minutes BETWEEN 10 AND 20'],
    ["{shops.name} like 'Mi_l %'", "s.name LIKE 'Mi_l %'"],
    ["{shops.name} ilike 'mill%'", "s.name ILIKE 'mill%'"],
    ["{shops.name} not like '%l%'", "s.name NOT LIKE '%l%'"],
    ["{shops.name} contains 'ck'", "s.name LIKE '%ck%'"],
    ["{order} = 'it''s \\ `${x}`'", "o.\"order\" = 'it''s \\ `${x}`'"],
    [
      "{placed_at} >= '2024-05-01' and {placed_at} <= '2024-05-31'",
      "o.placed_at >= TIMESTAMP '2024-05-01' AND o.placed_at < TIMESTAMP '2024-06-01'",
    ],
    ["{placed_at} > '2024-05-31'", "o.placed_at >= TIMESTAMP '2024-06-01'"],
    ["not ({status} = 'failed' or {express} = true)", "NOT (o.status = 'failed' OR o.express = true)"],
  ])('filter where %s as SQL does', async (where, sql) => {
    const { rows } = await (await layer).query({ metrics: ['orders_placed'], where }, caller('acme'))
    expectRows(
      rows,
      await byHand(`SELECT count(*) AS orders_placed FROM ${FROM} WHERE o.org_id = 'acme' AND ${sql}`),
      where,
    )
  })

  it('compare metrics in where as HAVING does', async () => {
    const query = { metrics: ['revenue'], by: ['shops.name'], where: '{orders_placed} > 100 and {revenue} is not null' }
    const { rows } = await (await layer).query(query, caller('acme'))
    const sql = `SELECT s.name AS "shops.name", sum(o.amount) AS revenue FROM ${FROM} WHERE o.org_id = 'acme' GROUP BY 1 HAVING count(*) > 100`
    expectRows(rows, await byHand(sql), query)
    expect(rows.length).toBeGreaterThan(0)
  })

  it('give zero and null for no rows', async () => {
    const query = {
      metrics: ['orders_placed', 'buyers', 'revenue', 'basket', 'failure_rate', 'basket_p90'],
      from: '1999-01-01',
      to: '1999-12-31',
    }
    const { rows } = await (await layer).query(query, caller('acme'))
    expect(rows).toEqual([
      { orders_placed: 0, buyers: 0, revenue: null, basket: null, failure_rate: null, basket_p90: null },
    ])
    expect((await (await layer).query({ ...query, grain: 'day' }, caller('acme'))).rows).toEqual([])
  })

  it('order, limit and list the values of a dimension', async () => {
    const { rows } = await (await layer).query(
      {
        metrics: ['orders_placed'],
        by: ['shops.name'],
        order: ['-shops.name'],
        limit: 2,
        where: '{shops.name} is not null',
      },
      caller('acme'),
    )
    expect(rows.map((row) => row['shops.name'])).toEqual(['Yard of acme', 'Quay of acme'])
    const { rows: names } = await (await layer).query({ by: ['shops.name'], order: ['shops.name'] }, caller('bolt'))
    expect(names).toEqual(['Dock', 'Mill', 'Quay', 'Yard'].map((shop) => ({ 'shops.name': `${shop} of bolt` })))
  })
})
