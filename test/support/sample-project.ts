import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Two tenants with overlapping ids, one fact, access rules, a dashboard and tests. */
export const SAMPLE: Readonly<Record<string, string>> = {
  'metrics.config.yml': `
name: sample
warehouse: { type: duckdb, path: warehouse.duckdb }
tenancy: { key: org_id }
identity: { relation: people, key: user_id, attributes: { teams: team } }
`,
  'data/orders.csv': `org_id,order_id,team,status,placed_at,amount
x,1,red,paid,2025-03-01T10:00:00,10
x,2,blue,paid,2025-03-02T10:00:00,20
x,3,blue,open,2025-03-02T11:00:00,5
y,1,red,paid,2025-03-01T10:00:00,1000
`,
  'data/people.csv': `org_id,user_id,team
x,mia,red
x,mia,green
y,mia,blue
`,
  'models/sources.yml': `
version: 1
sources:
  - name: files
    tables:
      - { name: orders, file: data/orders.csv }
      - { name: people, file: data/people.csv }
models:
  - name: orders
    materialized: table
    columns:
      - { name: status, tests: [{ accepted_values: [paid, open] }] }
`,
  'models/orders.sql': `select org_id, order_id, team, status, cast(placed_at as timestamp) as placed_at, cast(amount as double precision) as amount
from {{source "files" "orders"}}
`,
  'models/people.sql': 'select org_id, user_id, team from {{source "files" "people"}}\n',
  'metrics/orders.yml': `
version: 1
semantic_models:
  - name: orders
    relation: orders
    primary_key: order_id
    time_dimension: placed_at
    dimensions:
      - { name: team, type: string }
      - { name: status, type: string, values: [paid, open] }
      - { name: placed_at, type: time }
    access:
      - { role: manager, rows: [{ dimension: team, operator: in, value: user.teams }] }
      - { role: viewer, hide: [status] }
    metrics:
      - { name: order_count, agg: count }
      - { name: revenue, agg: sum, sql: amount, format: { type: currency, currency: EUR } }
      - { name: paid_count, agg: count, filter: "{status} = 'paid'" }
metrics:
  - { name: paid_rate, type: ratio, numerator: paid_count, denominator: order_count, format: percent }
tests:
  - name: open orders are not paid
    given: { orders: [{ org_id: x, order_id: a, status: paid }, { org_id: x, order_id: b, status: open }] }
    query: { metrics: [paid_rate] }
    expect: [{ paid_rate: 0.5 }]
  - name: viewers do not see the status
    given: { orders: [{ org_id: x, order_id: a, status: paid }] }
    as: { org: x, role: viewer }
    query: { metrics: [order_count], by: [status] }
    expect: { error: status }
`,
  'dashboards/shop.yml': `
version: 1
dashboards:
  - name: shop
    title: Shop
    rows:
      - widgets:
          - { type: kpi, metric: revenue, width: 3 }
          - { type: line, metric: order_count, grain: day, width: 6 }
`,
}

/** A project of the sample in a folder of its own; files given replace or add to it, null removes one. */
export function sampleProject(files: Readonly<Record<string, string | null>> = {}): {
  readonly dir: string
  readonly write: (file: string, content: string) => void
  readonly remove: () => void
} {
  const dir = mkdtempSync(join(tmpdir(), 'metrics-'))
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    writeFileSync(join(dir, file), content)
  }
  for (const [file, content] of Object.entries({ ...SAMPLE, ...files })) {
    if (content !== null) write(file, content.trimStart())
  }
  return { dir, write, remove: () => rmSync(dir, { recursive: true, force: true }) }
}
