import type { ProjectPlan } from './infer-project.ts'
import { configFile, GITIGNORE } from './write/config.ts'
import { agentsGuide, COMMANDS } from './write/guides.ts'

/** A small example that works at once: a shop with its orders and customers up to `today`. */
export function emptyProject({ name, today }: { readonly name: string; readonly today: Date }): ProjectPlan {
  return {
    files: {
      'metrics.config.ts': configFile(name),
      'data/customers.csv': CUSTOMERS,
      'data/orders.csv': orders(today),
      'models/shop.yml': MODELS,
      'models/customers.sql': CUSTOMERS_SQL,
      'models/orders.sql': ORDERS_SQL,
      'metrics/shop.yml': METRICS,
      'dashboards/shop.yml': DASHBOARD,
      'README.md': readme(name),
      'AGENTS.md': agentsGuide('metrics query --metrics revenue,return_rate --by country'),
      '.gitignore': GITIGNORE,
    },
    notes: [],
  }
}

const CUSTOMERS = `customer_id,name,country,plan
c1,Ada,DE,pro
c2,Ben,US,basic
c3,Chen,US,pro
c4,Dario,IT,basic
c5,Elena,DE,basic
c6,Femi,NG,pro
`

const DAY = 86_400_000

/** Ninety days with one to four orders each, more at the end. */
function orders(today: Date): string {
  const lines = ['order_id,customer_id,ordered_at,status,amount']
  const midnight = Math.floor(today.getTime() / DAY) * DAY
  for (let day = 90; day >= 1; day -= 1) {
    for (let place = 0; place <= ((day * 7) % 4) * (day < 45 ? 1 : 0.5); place += 1) {
      const number = lines.length
      const at = new Date(midnight - day * DAY + (9 + place * 3) * 3_600_000 + ((number * 13) % 60) * 60_000)
      const status = number % 11 === 0 ? 'returned' : day < 3 ? 'placed' : 'delivered'
      const amount = (15 + ((number * 37) % 90) + ((number * 7) % 10) / 10).toFixed(2)
      lines.push(`o${number},c${1 + ((number * 5 + day) % 6)},${at.toISOString().slice(0, 19)},${status},${amount}`)
    }
  }
  return `${lines.join('\n')}\n`
}

const MODELS = `version: 1
sources:
  - name: files
    description: Files of this project.
    tables:
      - { name: orders, file: data/orders.csv }
      - { name: customers, file: data/customers.csv }
models:
  - name: orders
    description: One order.
    materialized: table
    columns:
      - { name: order_id, tests: [unique, not_null] }
      - { name: customer_id, tests: [{ relationships: { to: customers, column: customer_id } }] }
      - { name: status, tests: [{ accepted_values: [placed, delivered, returned] }] }
  - name: customers
    description: One customer.
    materialized: table
    columns:
      - { name: customer_id, tests: [unique, not_null] }
`

const CUSTOMERS_SQL = `select customer_id, name, country, plan
from {{source "files" "customers"}}
`

const ORDERS_SQL = `select
  order_id,
  customer_id,
  cast(ordered_at as timestamp) as ordered_at,
  status,
  cast(amount as double precision) as amount
from {{source "files" "orders"}}
`

const METRICS = `version: 1
semantic_models:
  - name: orders
    description: One order.
    relation: orders
    primary_key: order_id
    time_dimension: ordered_at
    joins:
      - { to: customers, on: customer_id }
    dimensions:
      - { name: order_id, type: string }
      - { name: ordered_at, type: time }
      - { name: status, type: string, values: [placed, delivered, returned] }
    metrics:
      - name: order_count
        label: Orders
        description: Orders in any state.
        agg: count
        direction: up
      - name: revenue
        description: Amounts of orders. Returned ones are left out.
        agg: sum
        sql: amount
        filter: "{status} <> 'returned'"
        format: { type: currency, currency: USD }
        direction: up
      - name: decided_orders
        description: Orders that were delivered or returned. Placed ones are left out.
        agg: count
        filter: "{status} in ('delivered', 'returned')"
      - name: returned_orders
        description: Orders that came back.
        agg: count
        filter: "{status} = 'returned'"
        direction: down
  - name: customers
    description: One customer.
    relation: customers
    primary_key: customer_id
    dimensions:
      - { name: customer_id, type: string }
      - { name: customer, type: string, sql: name }
      - { name: country, type: geo }
      - { name: plan, type: string }
metrics:
  - name: return_rate
    description: Returned orders over decided ones. Placed ones are left out.
    type: ratio
    numerator: returned_orders
    denominator: decided_orders
    format: percent
    direction: down
    thresholds: { good: 0.05, warn: 0.15 }
  - name: revenue_mtd
    label: Revenue month to date
    description: Revenue from the first of the month to the end of the period.
    type: cumulative
    metric: revenue
    window: month_to_date
    format: { type: currency, currency: USD }
    direction: up
tests:
  - name: placed orders count on neither side of the return rate
    given:
      orders:
        - { order_id: a, status: delivered, amount: 10 }
        - { order_id: b, status: returned, amount: 20 }
        - { order_id: c, status: placed, amount: 30 }
    query: { metrics: [return_rate, revenue] }
    expect: [{ return_rate: 0.5, revenue: 40 }]
`

const DASHBOARD = `version: 1
dashboards:
  - name: shop
    title: Shop
    path: /overview
    description: How is the shop doing?
    range: 30d
    compare: previous_period
    filters: [country, plan]
    rows:
      - title: At a glance
        widgets:
          - { type: kpi, metric: revenue, compare: previous_period, sparkline: day, width: 4 }
          - { type: kpi, metric: order_count, compare: previous_period, sparkline: day, width: 4 }
          - { type: kpi, metric: return_rate, compare: previous_period, width: 4 }
      - title: Course
        widgets:
          - { type: line, metric: revenue, grain: day, width: 8 }
          - { type: donut, metric: revenue, by: country, width: 4 }
`

const readme = (name: string) => `# ${name}

An example to start from: orders and customers of a small shop, their metrics and a dashboard. Change anything, or begin
anew from your own data with \`metrics init DIR --from FILE…\`.

${COMMANDS}
`
