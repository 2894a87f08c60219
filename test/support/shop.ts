import type { Browser, Page } from 'puppeteer-core'
import { openBrowser, openPage } from './browser.ts'
import { runCli, startServing } from './run-cli.ts'
import { sampleProject } from './sample-project.ts'

/** The sample with filters of all pages, a hierarchy, and orders that unfold into steps. */
const FILES: Readonly<Record<string, string>> = {
  'data/lines.csv': `org_id,line_id,order_id,place,part_of,kind,product,state,seconds,note,added_at
x,l1,2,1,,reason,plan,ok,4,Find a blue one,2025-03-02T10:00:04
x,l2,2,2,l1,pick,shelf,ok,2,Third shelf,2025-03-02T10:00:06
x,l3,2,3,,pack,box,error,3,The box is torn,2025-03-02T10:00:09
x,l4,1,1,,pick,shelf,ok,2,First shelf,2025-03-01T10:00:02
y,l5,1,1,,pick,shelf,ok,2,Not for x,2025-03-01T10:00:02
`,
  'models/sources.yml': `version: 1
sources:
  - name: files
    tables:
      - { name: orders, file: data/orders.csv }
      - { name: people, file: data/people.csv }
      - { name: lines, file: data/lines.csv }
`,
  'models/lines.sql': `select org_id, line_id, cast(order_id as varchar) as order_id, place, part_of, kind, product, state, seconds, note,
  cast(added_at as timestamp) as added_at
from {{source "files" "lines"}}
`,
  'models/orders.sql': `select org_id, cast(order_id as varchar) as order_id, team, status, cast(placed_at as timestamp) as placed_at,
  cast(amount as double precision) as amount
from {{source "files" "orders"}}
`,
  'metrics/orders.yml': `version: 1
semantic_models:
  - name: orders
    relation: orders
    primary_key: order_id
    time_dimension: placed_at
    dimensions:
      - { name: team, type: string }
      - { name: status, type: string, values: [paid, open] }
      - { name: placed_at, type: time }
    hierarchies: [{ name: shop, levels: [team, status, order_id] }]
    detail:
      columns: [placed_at, team, status]
      metrics: [revenue, line_count]
      export: [team, status]
      steps:
        { model: lines, id: line_id, parent: part_of, order: place, kind: kind, title: product, status: state, text: [note], duration: line_time }
    access:
      - { role: manager, rows: [{ dimension: team, operator: in, value: user.teams }] }
      - { role: viewer, hide: [order_id] }
    metrics:
      - { name: order_count, agg: count }
      - { name: revenue, agg: sum, sql: amount, format: { type: currency, currency: EUR } }
      - { name: paid_count, agg: count, filter: "{status} = 'paid'" }
  - name: lines
    relation: lines
    primary_key: line_id
    time_dimension: added_at
    joins: [{ to: orders, on: order_id }]
    dimensions:
      - { name: added_at, type: time }
      - { name: place, type: number }
      - { name: part_of, type: string }
      - { name: kind, type: string }
      - { name: product, type: string }
      - { name: state, type: string }
      - { name: note, type: string }
    metrics:
      - { name: line_count, agg: count }
      - { name: line_time, agg: sum, sql: seconds, format: duration }
  - name: people
    relation: people
    primary_key: user_id
    dimensions: [{ name: team_of_person, type: string, sql: team }]
    access: [{ role: viewer, hide: [user_id] }]
    metrics: [{ name: staff, agg: count }]
metrics:
  - { name: paid_rate, type: ratio, numerator: paid_count, denominator: order_count, format: percent }
`,
  'dashboards/shop.yml': `version: 1
global_filters:
  - { hierarchy: shop, label: Unit }
  - { dimension: orders.team }
  - { dimension: status }
dashboards:
  - name: shop
    title: Shop
    order: 1
    description: How is the shop doing?
    filters: [product]
    rows:
      - title: Figures
        widgets:
          - { type: kpi, metric: revenue, sparkline: day, width: 3, drill: /lines }
          - { type: kpi, metric: order_count, width: 3 }
          - { type: kpi, metric: staff, width: 3 }
          - { type: kpi, metric: line_count, width: 3 }
      - widgets:
          - { type: line, title: Orders, metrics: [order_count], grain: day, width: 6 }
          - { type: bar, title: Revenue by team, metric: revenue, by: team, width: 6 }
          - { type: table, title: Teams, dimensions: [team], metrics: [revenue, order_count], width: 12 }
  - name: lines
    title: Lines
    order: 2
    rows:
      - widgets:
          - { type: kpi, metric: line_count }
          - { type: table, title: By person, roles: [admin], dimensions: [user_id], metrics: [staff] }
`,
}

export const MARCH = 'from=2025-03-01&to=2025-03-03'

/** A served shop and a browser in front of it. */
export async function openShop() {
  const project = sampleProject(FILES)
  const built = await runCli(['build', '--project', project.dir])
  if (built.code !== 0) throw new Error(`${built.stdout}${built.stderr}`)
  const serve = (port: string) => startServing(['serve', '--port', port, '--project', project.dir])
  let server = await serve('0')
  const { url } = server
  const browser = await openBrowser()
  const signInAs = async (org: string, role: string, path = `/shop?${MARCH}`, width?: number) => {
    const { stdout } = await runCli(['keys', 'create', '--org', org, '--role', role, '--project', project.dir])
    const opened = await openPage(browser, width)
    await opened.page.goto(`${url}/sign-in?next=${encodeURIComponent(path)}`)
    await enterKey(opened.page, stdout.trim())
    await settled(opened.page)
    return opened
  }
  return {
    project,
    url,
    signInAs,
    stopServer: () => server.stop(),
    startServer: async () => {
      server = await serve(new URL(url).port)
    },
    close: async () => {
      await (browser as Browser).close()
      await server.stop()
      project.remove()
    },
  }
}

async function enterKey(page: Page, key: string) {
  await page.$eval(
    '#key',
    (input, value) => {
      const field = input as HTMLInputElement
      field.value = value
      field.form?.requestSubmit()
    },
    key,
  )
  await page.waitForSelector('.page')
}

/** Everything that was asked is answered. */
export async function settled(page: Page) {
  await page.waitForFunction(
    () => document.querySelector('.page') !== null && document.querySelector('.skeleton, [aria-busy=true]') === null,
  )
}

export const texts = (page: Page, selector: string) =>
  page.$$eval(selector, (elements) => elements.map((element) => element.textContent ?? ''))
