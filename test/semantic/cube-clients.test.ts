import { afterAll, describe, expect, it } from 'vitest'
import { serveCube } from './clients.ts'
import { caller, companyEngines, openCompany } from './company/company.ts'
import { expectRows } from './company/expect-rows.ts'

const engines = await companyEngines()
const acme = caller('acme')

describe.each(engines)("Cube's clients on $name", async (engine) => {
  const layer = await openCompany(engine)
  const cube = await serveCube(layer)
  const client = cube.client(acme)
  afterAll(() => cube.close())
  const months = {
    dimension: 'orders.placed_at',
    granularity: 'month' as const,
    dateRange: ['2024-01-01', '2024-03-31'] as [string, string],
  }
  const load = async (query: object) =>
    (await cube.get(`/v1/load?query=${encodeURIComponent(JSON.stringify(query))}`, acme)).body as LoadAnswer

  it('load the same numbers as a query', async () => {
    const answer = await client.load({
      measures: ['orders.revenue', 'orders.failure_rate'],
      timeDimensions: [months],
      timezone: 'Europe/Berlin',
    })
    const query = {
      metrics: ['revenue', 'failure_rate'],
      grain: 'month' as const,
      from: '2024-01-01',
      to: '2024-03-31',
      timezone: 'Europe/Berlin',
    }
    const { rows } = await layer.query(query, acme)
    const expected = rows.map((row) => ({
      x: `${row.time}T00:00:00.000`,
      'orders.revenue': row.revenue,
      'orders.failure_rate': row.failure_rate,
    }))
    expectRows(
      answer.chartPivot().map(({ xValues: _, ...row }) => row),
      expected,
      query,
    )
  })

  it('answer rows, arrays and totals in the documented forms', async () => {
    const query = {
      measures: ['orders.orders_placed', 'orders.revenue'],
      timeDimensions: [months],
      order: { 'orders.placed_at': 'asc' },
    }
    const rows = await load(query)
    const compact = await load({ ...query, responseFormat: 'compact' })
    const members = ['orders.placed_at.month', 'orders.orders_placed', 'orders.revenue', 'orders.placed_at']
    expect(Object.keys(rows.data[0] ?? {})).toEqual(members)
    expect(rows.data[0]).toMatchObject({
      'orders.placed_at.month': '2024-01-01T00:00:00.000',
      'orders.placed_at': '2024-01-01T00:00:00.000',
    })
    expect(compact.data).toEqual({ members, dataset: rows.data.map((row) => members.map((member) => row[member])) })
    const page = await load({ ...query, total: true, limit: 1 })
    expect([page.total, page.data.length]).toEqual([3, 1])
    expect(rows.annotation.measures['orders.revenue']).toMatchObject({
      title: expect.stringContaining('Revenue'),
      type: 'number',
    })
  })

  it('keep nulls', async () => {
    const { data } = await load({
      measures: ['orders.revenue'],
      dimensions: ['orders.regions__name'],
      filters: [{ member: 'orders.regions__name', operator: 'notSet' }],
    })
    expect(data).toEqual([{ 'orders.regions__name': null, 'orders.revenue': expect.any(Number) }])
    const empty = await load({
      measures: ['orders.revenue', 'orders.orders_placed'],
      timeDimensions: [{ ...months, granularity: undefined, dateRange: ['1999-01-01', '1999-01-02'] }],
    })
    expect(empty.data).toEqual([{ 'orders.revenue': null, 'orders.orders_placed': 0 }])
    expect(
      (
        await load({
          measures: ['orders.revenue'],
          timeDimensions: [{ ...months, dateRange: ['1999-01-01', '1999-01-02'] }],
          responseFormat: 'compact',
        })
      ).data,
    ).toMatchObject({ dataset: [] })
  })

  it('compare date ranges', async () => {
    const time = {
      dimension: 'orders.placed_at',
      granularity: 'month' as const,
      compareDateRange: [
        ['2024-01-01', '2024-01-31'],
        ['2024-02-01', '2024-02-29'],
      ] as [string, string][],
    }
    const answer = await client.load({ measures: ['orders.orders_placed'], timeDimensions: [time] })
    expect(answer.decompose().map((part) => part.rawData().map((row) => row.compareDateRange))).toEqual([
      ['2024-01-01T00:00:00.000 - 2024-01-31T23:59:59.999'],
      ['2024-02-01T00:00:00.000 - 2024-02-29T23:59:59.999'],
    ])
    expect(answer.series().map(({ series }) => series.length)).toEqual([1, 1])
  })

  it('blend queries over several views', async () => {
    const refunds = {
      measures: ['refunds.refunded'],
      timeDimensions: [{ ...months, dimension: 'refunds.refunded_at' }],
    }
    const answer = await client.load([{ measures: ['orders.revenue'], timeDimensions: [months] }, refunds])
    const { rows } = await layer.query(
      { metrics: ['revenue', 'refunded'], grain: 'month', from: '2024-01-01', to: '2024-03-31' },
      acme,
    )
    const expected = rows.map((row) => ({
      'time.month': `${row.time}T00:00:00.000`,
      'orders.revenue': row.revenue,
      'refunds.refunded': row.refunded,
    }))
    expectRows(answer.tablePivot() as Record<string, unknown>[], expected, 'blending')
  })

  it('read metrics over several models, and windows without a range', async () => {
    const answer = await client.load({
      measures: ['stack_orders_refunds.refund_share'],
      dimensions: ['stack_orders_refunds.regions__name'],
    })
    const { rows } = await layer.query({ metrics: ['refund_share'], by: ['regions.name'] }, acme)
    const named = answer.rawData().map((row) => ({
      'regions.name': row['stack_orders_refunds.regions__name'],
      refund_share: row['stack_orders_refunds.refund_share'],
    }))
    expectRows(named, rows, 'refund_share')
    const windows = await client.load({
      measures: ['orders.revenue_mtd'],
      timeDimensions: [{ dimension: 'orders.placed_at', granularity: 'month' }],
    })
    const { rows: all } = await layer.query({ metrics: ['revenue_mtd'], grain: 'month' }, acme)
    expect(windows.rawData().map((row) => row['orders.revenue_mtd'])).toEqual(all.map((row) => row.revenue_mtd))
  })

  it('see SQL and the plan of a query', async () => {
    const sql = (await client.sql({ measures: ['orders.revenue'], timeDimensions: [months] })).sql()
    expect(sql).toMatch(/^SELECT\s+date_trunc\('month'/)
    const plan = await client.dryRun({ measures: ['orders.revenue'], timeDimensions: [months] })
    expect(plan).toMatchObject({ queryType: 'regularQuery', pivotQuery: { measures: ['orders.revenue'] } })
    expect(JSON.stringify(plan)).not.toContain('acme')
  })

  it('ask in GraphQL', async () => {
    const where =
      'where: { orders: { placed_at: { inDateRange: ["2024-01-01", "2024-03-31"] }, status: { equals: "done" } } }'
    const { data, errors } = await cube.graphql(
      `{ cube(${where}, limit: 2) { orders { orders_placed placed_at { month } } } }`,
      acme,
    )
    expect(errors).toBeUndefined()
    const { rows } = await layer.query(
      {
        metrics: ['orders_placed'],
        grain: 'month',
        from: '2024-01-01',
        to: '2024-03-31',
        where: "{status} = 'done'",
        limit: 2,
      },
      acme,
    )
    expect(data).toEqual({
      cube: rows.map((row) => ({
        orders: { orders_placed: row.orders_placed, placed_at: { month: `${row.time}T00:00:00.000Z` } },
      })),
    })
  })

  it('are told what is wrong', async () => {
    await expect(client.load({ measures: ['orders.revenu'] })).rejects.toThrow(/AM4002.*Did you mean `revenue`/)
    expect(await cube.get('/v1/cubesql', acme)).toMatchObject({ status: 404 })
    expect(await cube.get('/v1/load?query=nonsense', acme)).toMatchObject({ status: 400 })
  })
})

interface LoadAnswer {
  readonly data: readonly Readonly<Record<string, unknown>>[]
  readonly total?: number
  readonly annotation: { readonly measures: Readonly<Record<string, unknown>> }
}
