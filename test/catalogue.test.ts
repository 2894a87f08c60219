import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SampleServer, serveSample } from './support/serve-sample.ts'

interface Entry {
  readonly kind: string
  readonly name: string
  readonly deprecated: { readonly use?: string; readonly until?: string } | null
}
interface Details extends Entry {
  readonly words: string
  readonly declared: Record<string, unknown>
  readonly sql: string | null
  readonly dimensions: readonly string[]
  readonly columns: readonly { readonly name: string; readonly tests: readonly string[] }[] | null
  readonly usedBy: readonly { readonly kind: string; readonly name: string }[]
  readonly tests: readonly { readonly name: string; readonly status: string; readonly ranAt: string | null }[]
  readonly lineage: {
    readonly nodes: readonly { readonly id: string; readonly href: string | null; readonly layer: number }[]
  }
  readonly freshness: readonly { readonly relation: string; readonly builtAt: string | null }[]
}

let server: SampleServer
const entry = async (path: string, as = 'admin') =>
  (await server.ask<Details>(`/api/v1/catalogue/${path}`, { as })).body

describe('the catalogue', () => {
  beforeAll(async () => {
    server = await serveSample(
      { admin: { org: 'x', role: 'admin', name: 'a' }, viewer: { org: 'x', role: 'viewer', name: 'v' } },
      {
        'metrics/old.yml': `version: 1
metrics:
  - { name: old_rate, type: ratio, numerator: paid_count, denominator: order_count, deprecated: { since: 2025-01-01, use: paid_rate, until: 2999-01-01 } }
`,
      },
    )
  }, 120_000)
  afterAll(() => server?.close())

  test('lists metrics, dimensions, semantic models and SQL models, and says what is deprecated', async () => {
    const { body } = await server.ask<{ entries: Entry[] }>('/api/v1/catalogue', { as: 'admin' })
    const names = body.entries.map(({ kind, name }) => `${kind} ${name}`)
    expect(names).toEqual(
      expect.arrayContaining(['metric revenue', 'dimension orders.status', 'model orders', 'relation people']),
    )
    const old = body.entries.find(({ name }) => name === 'old_rate')
    expect(old?.deprecated).toEqual({ since: '2025-01-01', use: 'paid_rate', until: '2999-01-01' })
  })

  test('tells how a metric is calculated, in words, as declared and in SQL', async () => {
    const paid = await entry('metric/paid_count')
    expect(paid.words).toContain("{orders.status} = 'paid'")
    expect(paid.declared).toMatchObject({ name: 'paid_count', agg: 'count', model: 'orders' })
    expect(paid.sql).toMatch(/select/i)
    expect(paid.usedBy).toContainEqual(expect.objectContaining({ kind: 'metric', name: 'paid_rate' }))
    expect((await entry('metric/revenue')).usedBy).toContainEqual(
      expect.objectContaining({ kind: 'dashboard', name: 'shop' }),
    )
    expect(paid.freshness[0]).toMatchObject({ relation: 'orders', builtAt: expect.any(String) })
  })

  test('leads from the sources to the dashboards, each layer right of what it is made of', async () => {
    const { nodes } = (await entry('metric/revenue')).lineage
    const layerOf = (id: string) => nodes.find((node) => node.id === id)?.layer ?? -1
    const way = ['source:files.orders', 'relation:orders', 'metric:revenue', 'dashboard:shop'].map(layerOf)
    expect(way).not.toContain(-1)
    expect(way).toEqual([...way].sort((a, b) => a - b))
    expect(nodes.find(({ id }) => id === 'dashboard:shop')?.href).toBe('/shop')
  })

  test('runs the unit tests of a metric and remembers when', async () => {
    expect((await entry('metric/paid_rate')).tests).toEqual([
      expect.objectContaining({ name: 'open orders are not paid', status: 'unknown', ranAt: null }),
    ])
    const ran = await server.ask<Details>('/api/v1/catalogue/metric/paid_rate/tests', { as: 'admin', method: 'POST' })
    expect(ran.body.tests).toEqual([
      expect.objectContaining({ status: 'passed', ranAt: expect.stringMatching(/^\d{4}-/) }),
    ])
    expect((await entry('metric/paid_rate')).tests[0]?.status).toBe('passed')
  })

  test('shows columns of SQL models with their tests', async () => {
    const { columns, sql } = await entry('relation/orders')
    expect(columns?.find(({ name }) => name === 'status')?.tests).toEqual(['one of paid, open'])
    expect(sql).toContain('{{source "files" "orders"}}')
  })

  test('tells a role nothing of what is hidden from it', async () => {
    const list = await server.call('/api/v1/catalogue', { as: 'viewer' })
    expect(await list.text()).not.toContain('orders.status')
    expect((await server.call('/api/v1/catalogue/dimension/orders.status', { as: 'viewer' })).status).toBe(404)
    for (const path of ['metric/paid_count', 'metric/paid_rate', 'metric/revenue', 'model/orders', 'relation/orders']) {
      const text = JSON.stringify(await entry(path, 'viewer'))
      expect(text, path).not.toMatch(/status(?!":)/)
    }
  })

  test('answers 304 to whoever has it, and suggests the name that was meant', async () => {
    const first = await server.call('/api/v1/catalogue/metric/revenue', { as: 'admin' })
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
    expect((await server.call('/api/v1/catalogue/metric/revenue', { as: 'admin', headers })).status).toBe(304)
    const wrong = await server.ask<{ diagnostics: { hint: string }[] }>('/api/v1/catalogue/metric/revenu', {
      as: 'admin',
    })
    expect(wrong.body.diagnostics[0]?.hint).toContain('revenue')
    expect(server.bugs).toEqual([])
  })
})
