import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { configSchema } from '../../runtime/config/index.ts'
import { AlertsFile, DashboardsFile, jsonSchemas, MetricsFile, ModelsFile } from '../../runtime/definitions/index.ts'
import { fits } from '../../runtime/documents/check/fits.ts'
import type { JsonSchema } from '../../runtime/documents/index.ts'

const SCHEMAS: Readonly<Record<string, object>> = {
  metrics: MetricsFile,
  models: ModelsFile,
  dashboards: DashboardsFile,
  alerts: AlertsFile,
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  metrics: {
    version: 1,
    semantic_models: [
      {
        name: 'orders',
        relation: 'fct_orders',
        shared: false,
        joins: [
          { to: 'customers', on: { left: 'a', right: 'b' }, relationship: 'one_to_one' },
          { to: 'x', on: 'y' },
        ],
        dimensions: [{ name: 'status', type: 'string', values: ['a', 1, true], tags: ['t'] }],
        hierarchies: [{ name: 'h', levels: ['a', 'b.c'] }],
        metrics: [
          { name: 'p', agg: 'percentile', percentile: 0.9, format: { type: 'currency', currency: 'USD', decimals: 2 } },
          {
            name: 'q',
            agg: 'sum',
            format: 'percent',
            thresholds: { good: 1, warn: 2.5 },
            deprecated: { since: '2026-01-31' },
          },
        ],
        access: [{ role: 'viewer', hide: ['email'], rows: [{ dimension: 'a', operator: 'in', value: ['x', 2] }] }],
        pre_aggregations: [{ name: 'd', metrics: ['p'], grain: 'day', partition: 'month' }],
      },
    ],
    metrics: [
      { name: 'a', type: 'cumulative', metric: 'p', window: { trailing: '28 days' } },
      { name: 'b', type: 'cumulative', metric: 'p', window: 'month_to_date' },
      { name: 'c', type: 'offset', metric: 'p', offset: '1 month' },
    ],
    tests: [
      {
        name: 't',
        given: { orders: [{ id: 1, at: null }] },
        as: { org: 'x', role: 'admin' },
        query: { metrics: ['p'] },
        expect: [],
      },
      { name: 'u', given: {}, query: { metrics: ['p'], order: ['-p'], limit: 1 }, expect: { error: 'AM4001' } },
    ],
  },
  models: {
    version: 1,
    sources: [{ name: 'raw', tables: [{ name: 'orders', file: 'a.csv' }] }],
    models: [
      {
        name: 'm',
        materialized: 'incremental',
        unique_key: ['a', 'b'],
        columns: [
          { name: 'a', tests: ['unique', { accepted_values: [1, 'b'] }, { relationships: { to: 'x', column: 'y' } }] },
        ],
        tests: [{ sql: 'select 1' }],
      },
    ],
  },
  dashboards: {
    version: 1,
    dashboards: [
      {
        name: 'd',
        title: 'D',
        path: '/d/x',
        annotations: [{ at: '2026-01-01', label: 'x' }],
        rows: [
          {
            widgets: [
              { type: 'kpi', metric: 'p', compare: 'none', width: 3, target: 1.5 },
              { type: 'heatmap', metric: 'p', x: 'hour_of_day' },
              { type: 'line', metrics: ['p', 'q'], grain: 'week', reference: [{ value: 3 }] },
              { type: 'text', text: '# Hello' },
            ],
          },
        ],
      },
    ],
  },
  alerts: {
    version: 1,
    channels: [
      { name: 'h', type: 'webhook', url: 'x', headers: { a: 'b' } },
      { name: 'm', type: 'email', to: ['a@example.org'] },
    ],
    alerts: [
      { name: 'a', type: 'threshold', metric: 'p', when: { outside: [1, 2], for: '15m' }, every: '1m' },
      { name: 'b', type: 'budget', metric: 'p', budget: 100, at: [50, 100] },
    ],
    reports: [{ name: 'r', dashboard: 'd', format: ['pdf'] }],
    tests: [
      {
        name: 't',
        alert: 'a',
        given: { series: [{ time: 'x', value: 1 }] },
        expect: [{ at: 'x', state: 'firing', team: 'core' }],
      },
    ],
  },
}

/** Every content that differs from the sample in one place. */
function* mutations(value: unknown): Generator<unknown> {
  yield* [null, 'text', 7, -1, true, [], {}, ['a', 'a'], { name: 'x' }]
  if (typeof value !== 'object' || value === null) return
  const isList = Array.isArray(value)
  for (const [key, child] of Object.entries(value)) {
    for (const changed of mutations(child)) {
      yield isList ? value.with(Number(key), changed) : { ...value, [key]: changed }
    }
    yield isList
      ? value.toSpliced(Number(key), 1)
      : Object.fromEntries(Object.entries(value).filter(([other]) => other !== key))
  }
  yield isList ? [...value, ...value] : { ...value, unknown: 1 }
}

const ajv = () => new Ajv({ strict: false, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } })

describe('the quick check says what ajv says', () => {
  test.each(Object.entries(SCHEMAS))('of %s with any one place changed', (kind, schema) => {
    const validate = ajv().compile(schema)
    const sample = SAMPLES[kind]
    expect(fits(schema as JsonSchema, sample)).toBe(true)
    let count = 0
    for (const content of mutations(sample)) {
      count++
      const quick = fits(schema as JsonSchema, content)
      if (quick !== validate(content)) expect.fail(`${quick ? 'fits' : 'does not fit'}: ${JSON.stringify(content)}`)
    }
    expect(count).toBeGreaterThan(300)
  })
})

describe('published schemas', () => {
  const schemas = { ...jsonSchemas(), ...configSchema() }

  test('there is one for each kind of file', () => {
    expect(Object.keys(schemas).sort()).toEqual([
      'alerts.schema.json',
      'config.schema.json',
      'dashboards.schema.json',
      'front-matter.schema.json',
      'metrics.schema.json',
      'models.schema.json',
    ])
  })

  test.each(Object.entries(schemas))('%s is JSON Schema with a name, and describes every key', (_, schema) => {
    expect(schema).toMatchObject({
      $schema: expect.stringContaining('draft-07'),
      $id: expect.any(String),
      title: expect.any(String),
    })
    expect(ajv().validateSchema(schema)).toBe(true)
    expect(undescribed(schema as JsonSchema, '')).toEqual([])
  })

  test.each(Object.keys(SAMPLES))('%s is accepted as an editor would', (kind) => {
    const { $schema: _, ...schema } = schemas[`${kind}.schema.json`] as Record<string, unknown>
    expect(ajv().validate(schema, SAMPLES[kind])).toBe(true)
  })
})

function undescribed(schema: JsonSchema, path: string): readonly string[] {
  const children = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const silent =
      child.description === undefined && child.const === undefined && child.type === undefined && !child.anyOf
    return [...(silent ? [`${path}/${key}`] : []), ...undescribed(child, `${path}/${key}`)]
  })
  const items = schema.items && !Array.isArray(schema.items) ? undescribed(schema.items as JsonSchema, `${path}[]`) : []
  return [...children, ...items, ...(schema.anyOf ?? []).flatMap((form) => undescribed(form, path))]
}
