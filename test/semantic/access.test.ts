import { afterAll, describe, expect, it } from 'vitest'
import type { SecurityContext } from '../../runtime/semantic/index.ts'
import { serveCube } from './clients.ts'
import { caller, companyEngines, openCompany } from './company/company.ts'

const engines = await companyEngines()

const range = {
  dimension: 'orders.placed_at',
  granularity: 'month' as const,
  dateRange: ['2024-01-01', '2024-12-31'] as [string, string],
}

describe.each(engines)('access on $name', async (engine) => {
  const { warehouse } = engine
  const layer = await openCompany(engine)
  const cube = await serveCube(layer)
  afterAll(() => cube.close())

  /** The same question over every path; each gives the revenue of each shop it sees. */
  const paths: Readonly<Record<string, (context: SecurityContext) => Promise<Readonly<Record<string, number>>>>> = {
    query: async (context) => {
      const { rows } = await layer.query({ metrics: ['revenue'], by: ['shops.name'] }, context)
      return byShop(rows, 'shops.name', 'revenue')
    },
    sql: async (context) => {
      const { statements } = await layer.sql({ metrics: ['revenue'], by: ['shops.name'] }, context)
      const [statement = { sql: '', params: [] }] = statements
      const { rows } = await warehouse.query(statement.sql, statement.params)
      return Object.fromEntries(rows.map(([shop, revenue]) => [String(shop), Number(revenue)]))
    },
    load: async (context) => {
      const answer = await cube
        .client(context)
        .load({ measures: ['orders.revenue'], dimensions: ['orders.shops__name'] })
      return byShop(answer.rawData(), 'orders.shops__name', 'orders.revenue')
    },
    'REST sql': async (context) => {
      const answer = await cube
        .client(context)
        .sql({ measures: ['orders.revenue'], dimensions: ['orders.shops__name'] })
      const [sql, params] = answer.rawQuery().sql as unknown as [string, unknown[]]
      const { rows } = await warehouse.query(sql, params)
      return Object.fromEntries(rows.map(([shop, revenue]) => [String(shop), Number(revenue)]))
    },
    compareDateRange: async (context) => {
      const time = {
        dimension: 'orders.placed_at',
        compareDateRange: [
          ['2023-01-01', '2024-03-31'],
          ['2024-04-01', '2025-12-31'],
        ] as [string, string][],
      }
      const answer = await cube
        .client(context)
        .load({ measures: ['orders.revenue'], dimensions: ['orders.shops__name'], timeDimensions: [time] })
      const sums: Record<string, number> = {}
      for (const row of answer.decompose().flatMap((part) => part.rawData())) {
        const shop = String(row['orders.shops__name'])
        sums[shop] = (sums[shop] ?? 0) + Number(row['orders.revenue'])
      }
      return sums
    },
    blending: async (context) => {
      const part = {
        measures: ['orders.revenue'],
        dimensions: ['orders.shops__name'],
        timeDimensions: [
          { ...range, granularity: 'year' as const, dateRange: ['2023-01-01', '2024-12-31'] as [string, string] },
        ],
      }
      const answer = await cube.client(context).load([part, part])
      const sums: Record<string, number> = {}
      for (const row of answer.decompose()[0]?.rawData() ?? []) {
        const shop = String(row['orders.shops__name'])
        sums[shop] = (sums[shop] ?? 0) + Number(row['orders.revenue'])
      }
      return sums
    },
    'a GraphQL query': async (context) => {
      const { data } = await cube.graphql('{ cube { orders { revenue shops__name } } }', context)
      const rows = (data as { cube: { orders: { revenue: number; shops__name: string | null } }[] }).cube
      return Object.fromEntries(rows.map(({ orders }) => [String(orders.shops__name), orders.revenue]))
    },
  }

  const expected = async (org: string, where = 'true') => {
    const { rows } = await warehouse.query(
      `SELECT s.name, sum(o.amount) FROM books.orders o LEFT JOIN books.shops s ON s.shop_id = o.shop_id AND s.org_id = o.org_id
        LEFT JOIN books.people p ON p.user_id = o.user_id AND p.org_id = o.org_id
        WHERE o.org_id = $1 AND ${where} GROUP BY 1`,
      [org],
    )
    return Object.fromEntries(rows.map(([shop, revenue]) => [String(shop), Number(revenue)]))
  }

  describe.each(Object.keys(paths))('by %s', (path) => {
    const ask = paths[path] ?? (() => Promise.reject(new Error(path)))

    it('keeps tenants apart, with warm caches and overlapping ids', async () => {
      for (const org of ['acme', 'bolt', 'acme', 'bolt']) {
        expectSums(await ask(caller(org)), await expected(org))
      }
      expect(Object.keys(await ask(caller('nobody')))).toEqual([])
    })

    it('shows a manager the rows of the attribute, and nothing without it', async () => {
      const manager = (shops?: unknown) => caller('acme', 'manager', shops === undefined ? {} : { shop_ids: shops })
      expectSums(await ask(manager(['s0', 's2'])), await expected('acme', "o.shop_id IN ('s0', 's2')"))
      expectSums(await ask(manager(["s1' OR '1'='1"])), {})
      expectSums(await ask(manager([])), {})
      expectSums(await ask(manager()), {})
      expectSums(await ask(manager('s3')), await expected('acme', "o.shop_id = 's3'"))
    })

    it('applies a rule on a joined model', async () => {
      const user = caller('acme', 'user', { email: 'u3@acme.test' })
      expectSums(await ask(user), await expected('acme', "p.email = 'u3@acme.test'"))
    })
  })

  it('keeps tenants apart behind a model that they share', async () => {
    const { rows } = await layer.query({ metrics: ['revenue'], by: ['heads.head'] }, caller('acme'))
    const { rows: hand } =
      await warehouse.query(`SELECT CASE WHEN s.region_id IS NOT NULL THEN 'Head ' || s.region_id || ' of acme' END, sum(o.amount)
      FROM books.orders o LEFT JOIN books.shops s ON s.shop_id = o.shop_id AND s.org_id = o.org_id WHERE o.org_id = 'acme' GROUP BY 1`)
    const expectedSums = Object.fromEntries(hand.map(([head, revenue]) => [String(head), Number(revenue)]))
    expectSums(byShop(rows, 'heads.head', 'revenue'), expectedSums)
  })

  it('refuses a caller without an organisation', async () => {
    await expect(layer.query({ metrics: ['revenue'] }, { ...caller('x'), org: null })).rejects.toThrow('AM4008')
    const answer = await cube.get(`/v1/load?query=${encodeURIComponent('{"measures":["orders.revenue"]}')}`, {
      ...caller('x'),
      org: null,
    })
    expect(answer).toMatchObject({ status: 403, body: { error: expect.stringContaining('AM4008') } })
  })

  const viewer = caller('acme', 'viewer')

  it.each([
    { metrics: ['revenue'], by: ['status'] },
    { metrics: ['revenue'], where: "{status} = 'failed'" },
    { metrics: ['revenue'], where: "{shops.name} = 'x' or not ({status} = 'failed')" },
    { metrics: ['revenue'], by: ['region_and_status'] },
    { by: ['status'] },
    { metrics: ['revenue'], by: ['people.email'] },
    { metrics: ['refunded'], grain: 'day' as const },
    { metrics: ['net'], where: "{time} > '2024-01-01'" },
  ])('forbids a hidden dimension in $by $where', async (query) => {
    await expect(layer.query(query, viewer)).rejects.toThrow('AM4007')
  })

  it.each([
    { measures: ['orders.revenue'], dimensions: ['orders.status'] },
    { measures: ['orders.revenue'], filters: [{ member: 'orders.status', operator: 'equals', values: ['failed'] }] },
    { measures: ['orders.revenue'], filters: [{ or: [{ and: [{ member: 'orders.status', operator: 'set' }] }] }] },
    { measures: ['orders.revenue'], dimensions: ['orders.shops__name'], order: { 'orders.status': 'asc' } },
    { measures: ['orders.revenue'], dimensions: ['orders.region_and_status'] },
    { measures: ['orders.revenue'], dimensions: ['orders.people__email'] },
    { measures: ['orders.revenue'], dimensions: ['orders.org_id'] },
  ])('forbids a hidden member over REST: %j', async (query) => {
    for (const route of ['load', 'sql', 'dry-run']) {
      const answer = await cube.get(`/v1/${route}?query=${encodeURIComponent(JSON.stringify(query))}`, viewer)
      expect(answer).toMatchObject({ status: 403, body: { error: expect.stringContaining('AM4007') } })
    }
  })

  it.each([
    [{ measures: ['orders__cube.m__revenue'] }, 'AM4002'],
    [{ measures: ['orders.m__revenue'] }, 'AM4002'],
    [{ measures: ['orders.first_time__'] }, 'AM4002'],
    [{ measures: ['orders.revenue', 'refunds.refunded'] }, 'AM4004'],
    [{ measures: ['orders.revenue'], ungrouped: true }, 'AM4009'],
    [{ measures: ['orders.revenue'], joinHints: [] }, 'AM4009'],
    [{ measures: ['orders.revenue'], subqueryJoins: [] }, 'AM4009'],
    [{ measures: ['orders.revenue'], segments: ['orders.x'] }, 'AM4009'],
  ])('opens nothing but views over REST: %j', async (query, code) => {
    const answer = await cube.get(`/v1/load?query=${encodeURIComponent(JSON.stringify(query))}`, caller('acme'))
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(code) } })
  })

  it('lists to each role what it may see', async () => {
    const meta = async (context: SecurityContext) => {
      const { cubes } = await cube.client(context).meta()
      const orders = cubes.find(({ name }) => name === 'orders')
      return { views: cubes.map(({ name }) => name), members: orders?.dimensions.map(({ name }) => name) ?? [] }
    }
    const [all, some] = [await meta(caller('acme')), await meta(viewer)]
    expect(all.members).toContain('orders.status')
    expect(all.members).not.toContain('orders.org_id')
    expect(all.views.filter((name) => name.endsWith('__cube'))).toEqual([])
    expect(all.members.filter((name) => !some.members.includes(name)).sort()).toEqual([
      'orders.heads__head',
      'orders.people__email',
      'orders.region_and_status',
      'orders.status',
    ])
    const views = layer.meta(viewer).find(({ model }) => model === 'orders')
    expect(views?.dimensions.map(({ name }) => name)).not.toContain('status')
    expect(views?.metrics.find(({ name }) => name === 'revenue')?.dimensions).not.toContain('orders.status')
  })

  it('shows nothing hidden in the long listing either', async () => {
    const { body } = await cube.get('/v1/meta?extended', viewer)
    const text = JSON.stringify(body)
    expect(text).toContain('orders.revenue')
    expect(text).not.toMatch(/orders\.status|people__email|rule__|first_time__|org_id/)
  })

  it('gives each role a GraphQL schema of its own', async () => {
    const fields = async (context: SecurityContext) => {
      const { data } = await cube.graphql('{ __schema { types { name fields { name } } } }', context)
      const { types } = (data as { __schema: { types: { name: string; fields: { name: string }[] | null }[] } })
        .__schema
      return types.find(({ name }) => name === 'OrdersMembers')?.fields?.map(({ name }) => name) ?? []
    }
    expect(await fields(caller('acme'))).toContain('status')
    expect(await fields(viewer)).not.toContain('status')
    const { errors } = await cube.graphql('{ cube { orders { revenue status } } }', viewer)
    expect(errors?.[0]?.message).toContain('status')
  })

  it('applies the rules of each side of a metric over several models', async () => {
    const manager = caller('acme', 'manager', { shop_ids: ['s0', 's1'] })
    const { rows } = await layer.query({ metrics: ['net', 'refund_share'] }, manager)
    const { rows: hand } = await warehouse.query(`SELECT
      (SELECT sum(amount) FROM books.orders WHERE org_id = 'acme' AND shop_id IN ('s0', 's1')),
      (SELECT CAST(sum(amount) AS double precision) FROM books.refunds WHERE org_id = 'acme' AND reason <> 'secret')`)
    const [revenue, refunded] = (hand[0] ?? []).map(Number)
    expect(rows[0]?.net).toBeCloseTo((revenue ?? 0) - (refunded ?? 0), 6)
    expect(rows[0]?.refund_share).toBeCloseTo((refunded ?? 0) / (revenue ?? 1), 9)
  })
})

const byShop = (rows: readonly Readonly<Record<string, unknown>>[], key: string, value: string) =>
  Object.fromEntries(rows.map((row) => [String(row[key]), Number(row[value])]))

function expectSums(actual: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>) {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort())
  for (const [shop, sum] of Object.entries(expected)) expect(actual[shop]).toBeCloseTo(sum, 6)
}
