import { describe, expect, it } from 'vitest'
import { caller, companyEngines, openCompany } from './company/company.ts'
import { expectRows } from './company/expect-rows.ts'

const engines = await companyEngines()
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']

describe.each(engines)('metrics over several models and times on $name', (engine) => {
  const { warehouse } = engine
  const layer = openCompany(engine)
  const byHand = async (sql: string) => {
    const { columns, rows } = await warehouse.query(sql)
    return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column.name, row[at]])))
  }
  const orders = (
    zone: string,
  ) => `(SELECT o.amount, o.status, s.name AS shop, r.name AS region, (o.placed_at AT TIME ZONE 'UTC') AT TIME ZONE '${zone}' AS lt
    FROM books.orders o LEFT JOIN books.shops s ON s.shop_id = o.shop_id AND s.org_id = o.org_id
    LEFT JOIN books.regions r ON r.region_id = s.region_id WHERE o.org_id = 'acme')`
  const refunds = (
    zone: string,
  ) => `(SELECT f.amount, s.name AS shop, r.name AS region, (f.refunded_at AT TIME ZONE 'UTC') AT TIME ZONE '${zone}' AS lt
    FROM books.refunds f LEFT JOIN books.shops s ON s.shop_id = f.shop AND s.org_id = f.org_id
    LEFT JOIN books.regions r ON r.region_id = s.region_id WHERE f.org_id = 'acme')`
  const day = (time: string) => `substr(CAST(CAST(${time} AS timestamp) AS varchar(40)), 1, 10)`

  it('do not fan out', async () => {
    const { rows } = await (await layer).query(
      { metrics: ['refund_share', 'net', 'revenue', 'refunded'] },
      caller('acme'),
    )
    const sql = `SELECT f / r AS refund_share, r - f AS net, r AS revenue, f AS refunded
      FROM (SELECT sum(amount) AS r FROM ${orders('UTC')} o) a, (SELECT CAST(sum(amount) AS double precision) AS f FROM ${refunds('UTC')} o) b`
    expectRows(rows, await byHand(sql), 'totals')
  })

  it.each([
    ['shops.name', 'shop'],
    ['regions.name', 'region'],
  ])('group by the shared dimension %s', async (dimension, column) => {
    const query = {
      metrics: ['refund_share', 'net'],
      by: [dimension],
      grain: 'month' as const,
      from: '2024-01-01',
      to: '2024-06-30',
    }
    const { rows } = await (await layer).query(query, caller('acme'))
    const sql = `SELECT ${day('m')} AS time, d AS "${dimension}", sum(f) / nullif(sum(r), 0) AS refund_share, sum(r) - coalesce(sum(f), 0) AS net
      FROM (SELECT date_trunc('month', lt) AS m, ${column} AS d, amount AS r, NULL AS f FROM ${orders('UTC')} o
        UNION ALL SELECT date_trunc('month', lt), ${column}, NULL, CAST(amount AS double precision) FROM ${refunds('UTC')} o) both_sides
      WHERE m >= TIMESTAMP '2024-01-01' AND m < TIMESTAMP '2024-07-01' GROUP BY 1, 2`
    expectRows(rows, await byHand(sql), query)
  })

  it('filter by shared dimensions and by time', async () => {
    const query = { metrics: ['net'], where: "{regions.name} = 'North' and {time} >= '2024-03-01'" }
    const { rows } = await (await layer).query(query, caller('acme'))
    const sql = `SELECT (SELECT sum(amount) FROM ${orders('UTC')} o WHERE region = 'North' AND lt >= TIMESTAMP '2024-03-01')
      - (SELECT CAST(sum(amount) AS double precision) FROM ${refunds('UTC')} o WHERE region = 'North' AND lt >= TIMESTAMP '2024-03-01') AS net`
    expectRows(rows, await byHand(sql), query)
  })

  it('refuse what only one side has, with the list of what works', async () => {
    const asked = (await layer).query({ metrics: ['refund_share'], by: ['status'] }, caller('acme'))
    await expect(asked).rejects.toThrow(/AM4004.*`status` cannot be combined with `refund_share`.*regions.name/s)
  })

  it.each(ZONES)('look back by calendar months in %s', async (zone) => {
    const query = {
      metrics: ['revenue_prev_month', 'revenue', 'growth'],
      by: ['status'],
      grain: 'month' as const,
      timezone: zone,
      from: '2024-01-01',
      to: '2024-11-30',
    }
    const { rows } = await (await layer).query(query, caller('acme'))
    const sql = `SELECT ${day('m')} AS time, status, sum(p) AS revenue_prev_month, sum(r) AS revenue, sum(r) / nullif(sum(p), 0) - 1 AS growth
      FROM (SELECT date_trunc('month', lt) AS m, status, amount AS r, NULL AS p FROM ${orders(zone)} o
        UNION ALL SELECT date_trunc('month', lt) + INTERVAL '1 month', status, NULL, amount FROM ${orders(zone)} o) both_times
      WHERE m >= TIMESTAMP '2024-01-01' AND m < TIMESTAMP '2024-12-01' GROUP BY 1, 2`
    expectRows(rows, await byHand(sql), query)
  })

  it.each(ZONES)('look back by weeks at days in %s', async (zone) => {
    const query = {
      metrics: ['basket_prev_week'],
      grain: 'day' as const,
      timezone: zone,
      from: '2024-03-25',
      to: '2024-04-14',
    }
    const { rows } = await (await layer).query(query, caller('acme'))
    const sql = `SELECT ${day("date_trunc('day', lt) + INTERVAL '7 days'")} AS time, avg(amount) AS basket_prev_week FROM ${orders(zone)} o
      WHERE lt >= TIMESTAMP '2024-03-18' AND lt < TIMESTAMP '2024-04-08' GROUP BY 1`
    expectRows(rows, await byHand(sql), query)
  })

  it('take windows of the past and over both sides of a ratio', async () => {
    const query = {
      metrics: ['revenue_mtd_prev', 'refund_share_mtd'],
      grain: 'week' as const,
      from: '2024-03-01',
      to: '2024-05-31',
    }
    const { rows } = await (await layer).query(query, caller('acme'))
    const sum = (rows: string, start: string, end: string) =>
      `(SELECT CAST(sum(amount) AS double precision) FROM ${rows} o WHERE lt >= ${start} AND lt < ${end})`
    const month = "date_trunc('month', e - INTERVAL '1 microsecond')"
    const sql = `SELECT ${day('d')} AS time,
        (SELECT sum(amount) FROM ${orders('UTC')} o WHERE lt + INTERVAL '1 month' >= ${month} AND lt + INTERVAL '1 month' < e) AS revenue_mtd_prev,
        ${sum(refunds('UTC'), month, 'e')} / nullif(${sum(orders('UTC'), month, 'e')}, 0) AS refund_share_mtd
      FROM (SELECT d, least(d + INTERVAL '7 days', TIMESTAMP '2024-06-01') AS e
        FROM generate_series(TIMESTAMP '2024-02-26', TIMESTAMP '2024-05-31', INTERVAL '7 days') AS g(d)) buckets`
    expectRows(rows, await byHand(sql), query)
  })

  it('put metrics of unrelated homes side by side and order them together', async () => {
    const query = {
      metrics: ['revenue', 'refunded', 'refund_share', 'shop_count'],
      by: ['shops.name'],
      order: ['-refunded'],
      limit: 3,
    }
    const { rows } = await (await layer).query(query, caller('acme'))
    expect(rows).toHaveLength(3)
    const refunded = rows.map((row) => Number(row.refunded))
    expect(refunded).toEqual([...refunded].sort((a, b) => b - a))
    for (const row of rows) expect(Number(row.refund_share)).toBeCloseTo(Number(row.refunded) / Number(row.revenue), 9)
  })

  it('compare metrics of several homes in where', async () => {
    const all = (await (await layer).query({ metrics: ['revenue', 'refunded'], by: ['shops.name'] }, caller('acme')))
      .rows
    const query = { metrics: ['revenue'], by: ['shops.name'], where: '{refunded} > 300' }
    const { rows } = await (await layer).query(query, caller('acme'))
    expectRows(
      rows,
      all
        .filter((row) => Number(row.refunded) > 300)
        .map((row) => ({ 'shops.name': row['shops.name'], revenue: row.revenue })),
      query,
    )
  })
})
