import { fileURLToPath } from 'node:url'
import { compile } from '../../runtime/compiler/index.ts'
import { loadDefinitions, type QueryDefinition } from '../../runtime/definitions/index.ts'
import { createSemanticLayer, type SecurityContext, type SemanticLayer } from '../../runtime/semantic/index.ts'
import { openWarehouse, type Warehouse } from '../../runtime/warehouse/index.ts'

const DIR = fileURLToPath(new URL('./sessions', import.meta.url))
const admin: SecurityContext = { org: 'acme', role: 'admin', user: null, attributes: {} }

export interface SemanticBenchOptions {
  /** Rows of fct_sessions in one month. */
  readonly rows?: number
  readonly rounds?: number
}

/** What the semantic layer adds to a query, and a month of sessions by day and team with and without a stored aggregate. */
export async function benchSemantic({ rows = 10_000_000, rounds = 200 }: SemanticBenchOptions = {}) {
  const warehouse = await openWarehouse({ type: 'duckdb', path: ':memory:' })
  try {
    await fill(warehouse, 20_000)
    const small = await openLayer(warehouse)
    const overhead = await measureOverhead(warehouse, small, rounds)
    await fill(warehouse, rows)
    const layer = await openLayer(warehouse)
    return { overhead, month: { rows, ...(await measureMonth(warehouse, layer)) } }
  } finally {
    await warehouse.close()
  }
}

async function openLayer(warehouse: Warehouse): Promise<SemanticLayer> {
  const { files, sqlFiles } = await loadDefinitions(DIR)
  const config = {
    name: 'bench',
    warehouse: { type: 'duckdb', path: ':memory:' },
    tenancy: { key: 'org_id' },
    timezone: 'UTC',
    weekStart: 'monday',
  }
  const { manifest } = compile({ config: config as never, files, sqlFiles, today: '2024-12-31' })
  return createSemanticLayer({ manifest, warehouse, rollups: 'manual' })
}

async function fill(warehouse: Warehouse, rows: number): Promise<void> {
  await warehouse.transaction(async (tx) => {
    await tx.query('CREATE SCHEMA IF NOT EXISTS bench')
    await tx.query(`CREATE OR REPLACE TABLE bench.teams AS
      SELECT 't' || i AS team_id, org AS org_id, 'Team ' || i AS name FROM range(50) t(i), (VALUES ('acme'), ('bolt')) o(org)`)
    await tx.query(`CREATE OR REPLACE TABLE bench.fct_sessions AS
      SELECT 's' || i AS session_id, CASE WHEN i % 10 = 0 THEN 'bolt' ELSE 'acme' END AS org_id, 't' || (hash(i) % 50) AS team_id,
        'u' || (hash(i) % 2000) AS user_id, CASE WHEN hash(i) % 7 = 0 THEN 'failed' ELSE 'completed' END AS status,
        (hash(i) % 1000) / 100.0 AS cost, TIMESTAMP '2024-03-01' + INTERVAL (CAST(i * (2678400000000.0 / ${rows}) AS BIGINT)) MICROSECOND AS started_at
      FROM range(${rows}) t(i)`)
    await tx.touch('bench.fct_sessions', 'bench.teams')
  })
}

async function measureOverhead(warehouse: Warehouse, layer: SemanticLayer, rounds: number) {
  const asked = Array.from(
    { length: rounds },
    (_, at): QueryDefinition => ({
      metrics: ['total_sessions', 'failure_rate', 'users'],
      by: ['teams.name'],
      grain: 'day',
      from: '2024-03-01',
      to: '2024-03-31',
      where: `{status} <> 'nothing ${at}'`,
    }),
  )
  const uncached: number[] = []
  for (const query of asked) {
    const whole = await timed(() => layer.query(query, admin))
    const { statements } = await layer.sql(query, admin)
    const [statement = { sql: 'SELECT 1', params: [] }] = statements
    uncached.push(whole - (await timed(() => warehouse.query(statement.sql, statement.params))))
  }
  const cached: number[] = []
  for (const query of asked) cached.push(await timed(() => layer.query(query, admin)))
  return { uncachedMs: quantiles(uncached), cachedMs: quantiles(cached) }
}

const MONTH: QueryDefinition = {
  metrics: ['total_sessions', 'failure_rate', 'total_spend'],
  by: ['teams.name'],
  grain: 'day',
  from: '2024-03-01',
  to: '2024-03-31',
}
const BY_HAND = `SELECT date_trunc('day', s.started_at) AS time, t.name, count(*),
    count(*) FILTER (WHERE s.status = 'failed') / count(*), sum(s.cost)
  FROM bench.fct_sessions s LEFT JOIN bench.teams t ON t.team_id = s.team_id AND t.org_id = s.org_id
  WHERE s.org_id = 'acme' AND s.started_at >= TIMESTAMP '2024-03-01' AND s.started_at < TIMESTAMP '2024-04-01' GROUP BY 1, 2`

async function measureMonth(warehouse: Warehouse, layer: SemanticLayer) {
  const vary = (at: number): QueryDefinition => ({ ...MONTH, limit: 50_000 + at })
  const windows = (at: number): QueryDefinition => ({ ...vary(at), metrics: ['spend_mtd'] })
  const byHandMs = await median(5, () => warehouse.query(BY_HAND))
  const withoutMs = await median(5, (at) => layer.query(vary(at), admin))
  const windowsWithoutMs = await median(3, (at) => layer.query(windows(at), admin))
  const buildMs = Math.round(await timed(() => layer.refresh()))
  const withMs = await median(20, (at) => layer.query(vary(100 + at), admin))
  const windowsWithMs = await median(20, (at) => layer.query(windows(100 + at), admin))
  const { served } = await layer.query(vary(1000), admin)
  return { byHandMs, withoutMs, buildMs, withMs, windowsWithoutMs, windowsWithMs, servedBy: served.rollup }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function median(rounds: number, work: (at: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let at = 0; at < rounds; at++) times.push(await timed(() => work(at)))
  return quantiles(times).median
}

function quantiles(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 100) / 100
  return { median: at(0.5), p95: at(0.95) }
}
