import { describe, expect, it } from 'vitest'
import type { Grain } from '../../runtime/definitions/index.ts'
import { caller, companyEngines, openCompany } from './company/company.ts'
import { expectRows } from './company/expect-rows.ts'

const engines = await companyEngines()

const GRAINS: readonly Grain[] = ['hour', 'day', 'week', 'month', 'quarter', 'year']
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']
/** Every grain in two zones, and days in the others: the SQL by hand is slow. */
const CASES = ZONES.flatMap((zone) => GRAINS.map((grain) => ({ zone, grain }))).filter(
  ({ zone, grain }) => zone === 'Europe/Berlin' || zone === 'Australia/Lord_Howe' || grain === 'day',
)

const median = (engine: string) =>
  engine === 'duckdb' ? 'median(amount)' : 'percentile_cont(0.5) WITHIN GROUP (ORDER BY amount)'

/** What each metric adds up, and where its window begins when it ends before `e`. */
const windows = (engine: string): Readonly<Record<string, readonly [aggregate: string, start: string | null]>> => ({
  revenue_dtd: ['sum(amount)', "date_trunc('day', e - INTERVAL '1 microsecond')"],
  revenue_wtd: ['sum(amount)', "date_trunc('week', e - INTERVAL '1 microsecond')"],
  revenue_mtd: ['sum(amount)', "date_trunc('month', e - INTERVAL '1 microsecond')"],
  revenue_qtd: ['sum(amount)', "date_trunc('quarter', e - INTERVAL '1 microsecond')"],
  revenue_ytd: ['sum(amount)', "date_trunc('year', e - INTERVAL '1 microsecond')"],
  revenue_all: ['sum(amount)', null],
  revenue_7d: ['sum(amount)', "e - INTERVAL '7 days'"],
  revenue_36h: ['sum(amount)', "e - INTERVAL '36 hours'"],
  revenue_1m: ['sum(amount)', "e - INTERVAL '1 month'"],
  orders_28d: ['count(*)', "e - INTERVAL '28 days'"],
  buyers_28d: ['count(DISTINCT user_id)', "e - INTERVAL '28 days'"],
  basket_28d: ['avg(amount)', "e - INTERVAL '28 days'"],
  largest_28d: ['max(amount)', "e - INTERVAL '28 days'"],
  median_28d: [median(engine), "e - INTERVAL '28 days'"],
  failure_rate_mtd: [
    "count(CASE WHEN status = 'failed' THEN 1 END) * 1.0 / nullif(count(*), 0)",
    "date_trunc('month', e - INTERVAL '1 microsecond')",
  ],
})

const localOrders = (
  zone: string,
) => `(SELECT o.*, s.name AS shop, (o.placed_at AT TIME ZONE 'UTC') AT TIME ZONE '${zone}' AS lt
  FROM books.orders o LEFT JOIN books.shops s ON s.shop_id = o.shop_id AND s.org_id = o.org_id WHERE o.org_id = 'acme') rows`

describe.each(engines)('cumulative metrics on $name', (engine) => {
  const { warehouse, name } = engine
  const layer = openCompany(engine)
  const names = Object.keys(windows(name))
  const byHand = async (sql: string) => {
    const { columns, rows } = await warehouse.query(sql)
    return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column.name, row[at]])))
  }
  /** One correlated subquery for each metric and bucket. */
  const perBucket = (zone: string, where = 'true') =>
    names
      .map((metric) => {
        const [aggregate, start] = windows(name)[metric] ?? ['', null]
        const from = start === null ? '' : `lt >= ${start} AND `
        return `(SELECT ${aggregate} FROM ${localOrders(zone)} WHERE ${from}lt < e AND ${where}) AS ${metric}`
      })
      .join(',\n')
  const text = (time: string, grain: Grain) =>
    `substr(replace(CAST(CAST(${time} AS timestamp) AS varchar(40)), ' ', 'T'), 1, ${grain === 'hour' ? 19 : 10})`

  it.each(CASES)('are as of the end of each bucket at grain $grain in $zone', async ({ zone, grain }) => {
    const [from, to] =
      grain === 'hour'
        ? ['2024-10-05', '2024-10-07']
        : grain === 'day'
          ? ['2024-02-20', '2024-04-10']
          : ['2024-01-10', '2024-11-20']
    const query = { metrics: names, grain, timezone: zone, from, to }
    const { rows } = await (await layer).query(query, caller('acme'))
    const end = `TIMESTAMP '${to}' + INTERVAL '1 day'`
    const step = grain === 'quarter' ? '3 months' : `1 ${grain}`
    // No row for the hour that the clock skips.
    const real = grain === 'hour' ? `WHERE (d AT TIME ZONE '${zone}') AT TIME ZONE '${zone}' = d` : ''
    const sql = `SELECT ${text('d', grain)} AS time, ${perBucket(zone)}
        FROM (SELECT d, least(d + INTERVAL '${step}', ${end}) AS e
          FROM generate_series(date_trunc('${grain}', TIMESTAMP '${from}'), ${end} - INTERVAL '1 microsecond', INTERVAL '${step}') AS g(d) ${real}) buckets`
    expectRows(rows, await byHand(sql), query)
  })

  it.each(ZONES)('are as of the end of the range without a grain in %s', async (zone) => {
    const query = { metrics: names, timezone: zone, from: '2024-02-10', to: '2024-04-06' }
    const { rows } = await (await layer).query(query, caller('acme'))
    expectRows(rows, await byHand(`SELECT ${perBucket(zone)} FROM (SELECT TIMESTAMP '2024-04-07' AS e) buckets`), query)
  })

  it('end with the last row without a range', async () => {
    const { rows } = await (await layer).query({ metrics: names }, caller('acme'))
    const last = "SELECT max(placed_at) + INTERVAL '1 microsecond' AS e FROM books.orders WHERE org_id = 'acme'"
    expectRows(rows, await byHand(`SELECT ${perBucket('UTC')} FROM (${last}) buckets`), 'no range')
  })

  it('hold for every value of a dimension, beside plain metrics', async () => {
    const query = {
      metrics: ['revenue_mtd', 'orders_placed', 'buyers_28d'],
      by: ['shops.name'],
      grain: 'month' as const,
      from: '2024-01-01',
      to: '2024-06-30',
    }
    const { rows } = await (await layer).query(query, caller('acme'))
    const same = 'shop IS NOT DISTINCT FROM b.shop'
    const sql = `SELECT ${text('d', 'month')} AS time, b.shop AS "shops.name",
        (SELECT sum(amount) FROM ${localOrders('UTC')} WHERE lt >= d AND lt < e AND ${same.replace('shop IS', 'rows.shop IS')}) AS revenue_mtd,
        (SELECT count(*) FROM ${localOrders('UTC')} WHERE lt >= d AND lt < e AND ${same.replace('shop IS', 'rows.shop IS')}) AS orders_placed,
        (SELECT count(DISTINCT user_id) FROM ${localOrders('UTC')} WHERE lt >= e - INTERVAL '28 days' AND lt < e AND ${same.replace('shop IS', 'rows.shop IS')}) AS buyers_28d
      FROM (SELECT d, d + INTERVAL '1 month' AS e, s.shop FROM generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2024-06-01', INTERVAL '1 month') AS g(d)
        CROSS JOIN (SELECT DISTINCT shop FROM ${localOrders('UTC')}) s) b`
    expectRows(rows, await byHand(sql), query)
  })

  it('have every bucket of the range, empty ones too', async () => {
    const query = {
      metrics: ['revenue_mtd', 'revenue_all', 'orders_28d'],
      grain: 'month' as const,
      from: '1999-11-01',
      to: '2000-01-31',
    }
    const { rows } = await (await layer).query(query, caller('acme'))
    expect(rows).toEqual(
      ['1999-11-01', '1999-12-01', '2000-01-01'].map((time) => ({
        time,
        revenue_mtd: null,
        revenue_all: null,
        orders_28d: 0,
      })),
    )
  })

  it('are filtered like others', async () => {
    const query = {
      metrics: ['revenue_mtd'],
      grain: 'month' as const,
      from: '2024-01-01',
      to: '2024-03-31',
      where: "{status} = 'done'",
    }
    const { rows } = await (await layer).query(query, caller('acme'))
    const sql = `SELECT ${text('d', 'month')} AS time, (SELECT sum(amount) FROM ${localOrders('UTC')} WHERE lt >= d AND lt < d + INTERVAL '1 month' AND status = 'done') AS revenue_mtd
      FROM generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2024-03-01', INTERVAL '1 month') AS g(d)`
    expectRows(rows, await byHand(sql), query)
  })

  it('can be compared in where', async () => {
    const query = { metrics: ['orders_placed'], grain: 'month' as const, from: '2024-01-01', to: '2024-06-30' }
    const all = (await (await layer).query({ ...query, metrics: ['orders_placed', 'revenue_mtd'] }, caller('acme')))
      .rows
    const { rows } = await (await layer).query({ ...query, where: '{revenue_mtd} > 1500' }, caller('acme'))
    const expected = all.filter((row) => Number(row.revenue_mtd) > 1500).map(({ revenue_mtd: _, ...row }) => row)
    expect(expected.length).toBeLessThan(all.length)
    expectRows(rows, expected, query)
  })

  it('of several models end together where the query has no range', async () => {
    const { rows } = await (await layer).query(
      { metrics: ['revenue_mtd', 'refund_share_mtd'], grain: 'year' },
      caller('acme'),
    )
    const last =
      "greatest((SELECT max(placed_at) FROM books.orders WHERE org_id = 'acme'), (SELECT max(refunded_at) FROM books.refunds WHERE org_id = 'acme'))"
    const month = `(SELECT sum(amount) FROM books.orders WHERE org_id = 'acme' AND placed_at >= date_trunc('month', ${last}))`
    expectRows([{ revenue_mtd: rows.at(-1)?.revenue_mtd }], await byHand(`SELECT ${month} AS revenue_mtd`), 'no range')
  })

  it('start weeks on Sunday where the project does', async () => {
    const sunday = await openCompany(engine, 'sunday')
    const query = { metrics: ['revenue_wtd', 'revenue'], grain: 'week' as const, from: '2024-02-01', to: '2024-03-31' }
    const { rows } = await sunday.query(query, caller('acme'))
    const sql = `SELECT ${text('d', 'week')} AS time,
        (SELECT sum(amount) FROM ${localOrders('UTC')} WHERE lt >= d AND lt < least(d + INTERVAL '7 days', TIMESTAMP '2024-04-01')) AS revenue_wtd,
        (SELECT sum(amount) FROM ${localOrders('UTC')} WHERE lt >= greatest(d, TIMESTAMP '2024-02-01') AND lt < least(d + INTERVAL '7 days', TIMESTAMP '2024-04-01')) AS revenue
      FROM generate_series(TIMESTAMP '2024-01-28', TIMESTAMP '2024-03-31', INTERVAL '7 days') AS g(d)`
    expectRows(rows, await byHand(sql), query)
  })
})
