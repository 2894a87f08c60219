import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAlerts } from '../../runtime/alerts/index.ts'
import type { Manifest } from '../../runtime/compiler/index.ts'
import { loadProject } from '../../runtime/project/index.ts'
import { createSemanticLayer, type SemanticLayer } from '../../runtime/semantic/index.ts'
import { openStore } from '../../runtime/store/index.ts'
import { openWarehouse } from '../../runtime/warehouse/index.ts'
import { sampleProject } from '../support/sample-project.ts'
import { median, timed } from './timing.ts'

const RULES = 1000
const ORGS = Number(process.env.BENCH_TENANTS ?? 100)
const HOURS = 72
const MINUTE = 60_000
const START = Date.parse('2026-03-04T00:00:00Z')

/** 1,000 alerts on 100 tenants, each checked every minute, while new rows come. */
export async function benchAlerts() {
  const project = sampleProject()
  const store = await openStore({ path: join(mkdtempSync(join(tmpdir(), 'bench-alerts-')), 'store') })
  const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:' })
  try {
    const { manifest } = await loadProject(project.dir)
    const many: Manifest = {
      ...manifest,
      alerts: rules(),
      channels: [{ name: 'inbox', type: 'in_app', source: { file: 'alerts/a.yml', line: 1 } }],
    }
    await fill(warehouse)
    const semantic = await createSemanticLayer({ manifest: many, warehouse })
    let queries = 0
    const counted: SemanticLayer = {
      ...semantic,
      query: (...asked) => {
        queries += 1
        return semantic.query(...asked)
      },
    }
    const alerts = createAlerts({
      store,
      semantic: counted,
      manifest: () => many,
      dir: project.dir,
      versions: () => warehouse.dataVersions(),
      tenants: async () => Array.from({ length: ORGS }, (_, index) => `org${index}`),
    })
    const first = await timed(() => alerts.evaluator.tick(new Date(START)))
    const rounds = []
    queries = 0
    for (let minute = 1; minute <= 5; minute++) {
      await warehouse.transaction(async (tx) => {
        await tx.query(
          `INSERT INTO orders SELECT 'org' || o, 'new-${minute}-' || o, 'team1', 'paid', TIMESTAMP '2026-03-03 23:59:00', 5 FROM range(${ORGS}) t(o)`,
        )
        await tx.touch('orders')
      })
      rounds.push(await timed(() => alerts.evaluator.tick(new Date(START + minute * MINUTE))))
    }
    await semantic.close()
    return {
      rules: RULES,
      tenants: ORGS,
      checks_per_minute: rounds[0]?.value.checks,
      queries_per_minute: queries / rounds.length,
      first_ms: first.ms,
      first_changes: first.value.changes,
      minute_ms: median(rounds.map(({ ms }) => ms)),
      slowest_minute_ms: Math.max(...rounds.map(({ ms }) => ms)),
    }
  } finally {
    await warehouse.close()
    await store.close()
    project.remove()
  }
}

/** Half look at periods, a quarter at windows, a tenth learns a baseline; limits differ, questions are often the same. */
function rules(): Manifest['alerts'] {
  const metrics = ['order_count', 'revenue', 'paid_count', 'paid_rate']
  return Array.from({ length: RULES }, (_, index): Manifest['alerts'][number] => {
    const metric = metrics[index % metrics.length] ?? 'revenue'
    const common = {
      name: `rule_${index}`,
      metric,
      every: '1m',
      notify: ['inbox'],
      source: { file: 'alerts/a.yml', line: index + 1 },
    }
    const by = index % 3 === 0 ? { by: ['team'] } : {}
    if (index % 10 === 0) return { ...common, ...by, type: 'anomaly', grain: 'hour', history: '3 days' }
    if (index % 4 === 1) return { ...common, ...by, type: 'threshold', window: '1h', when: { above: 50 + index } }
    if (index % 4 === 2) return { ...common, ...by, type: 'event', when: { above: 100 + index } }
    return {
      ...common,
      ...by,
      type: 'threshold',
      grain: index % 2 === 0 ? 'day' : 'hour',
      when: { above: index * 10, for: '5m' },
    }
  })
}

async function fill(warehouse: Awaited<ReturnType<typeof openWarehouse>>) {
  await warehouse.transaction(async (tx) => {
    await tx.query(
      'CREATE TABLE orders (org_id VARCHAR, order_id VARCHAR, team VARCHAR, status VARCHAR, placed_at TIMESTAMP, amount DOUBLE)',
    )
    await tx.query('CREATE TABLE people (org_id VARCHAR, user_id VARCHAR, team VARCHAR)')
    await tx.query(`INSERT INTO orders
      SELECT 'org' || o, o || '-' || h || '-' || n, 'team' || (n % 5), CASE WHEN n % 4 = 0 THEN 'open' ELSE 'paid' END,
        TIMESTAMP '2026-03-01 00:00:00' + to_minutes(CAST(h * 60 + n * 3 AS INTEGER)), 10 + (h * 7 + n) % 13
      FROM range(${ORGS}) a(o), range(${HOURS}) b(h), range(20) c(n)`)
    await tx.touch('orders', 'people')
  })
}
