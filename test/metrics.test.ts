import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SecurityContext } from '../runtime/semantic/index.ts'
import type { WarehouseLocation } from '../runtime/warehouse/index.ts'
import { type OpenProject, openProject } from './projects/open-project.ts'
import { loadActivity } from './support/activity/index.ts'
import { postgresDatabase } from './support/postgres.ts'

const CASES = join(import.meta.dirname, 'input', 'metrics-sql')
const ADMIN: SecurityContext = { org: 'acme', role: 'admin', user: null, attributes: {} }
const WEEK = { from: '2026-02-16', to: '2026-02-22' }
const MONTH = { from: '2026-02-01', to: '2026-02-28' }
const WEEKS = { from: '2026-02-02', to: '2026-03-01' }

const postgres = await postgresDatabase()
const engines: readonly (readonly [string, WarehouseLocation | null])[] = [
  ['DuckDB', { type: 'duckdb', path: ':memory:' }],
  ['Postgres', postgres === null ? null : { type: 'postgres', url: postgres }],
]

type Row = Readonly<Record<string, unknown>>

describe.each(engines)('the metrics of the shipped project on %s', (_, location) => {
  const there = location !== null
  let open: OpenProject
  beforeAll(async () => {
    if (there) open = await openProject(process.cwd(), (warehouse) => loadActivity(warehouse), location)
  }, 120_000)
  afterAll(() => open?.close())
  const ask = async (query: Parameters<OpenProject['layer']['query']>[0], caller = ADMIN) =>
    (await open.layer.query({ limit: 10_000, ...query }, caller)).rows

  for (const { name, sql, by, where } of sqlCases()) {
    it.skipIf(!there)(`say the same of ${name} in a sample week as plain SQL over raw events`, async () => {
      const expected = await rowsOf(open, sql)
      const metrics = Object.keys(expected[0] ?? {}).filter((column) => !by.includes(column))
      expect(expected.length).toBeGreaterThan(0)
      const actual = await ask({ metrics, by, ...(where === '' ? {} : { where }), ...WEEK })
      expect(inOrder(actual, by)).toEqual(inOrder(expected, by).map(closely))
    })
  }

  it.skipIf(!there)('have a plausible number by team and by week', async () => {
    for (const { metrics, low, high } of PLAUSIBLE) {
      for (const query of [
        { by: ['team'], ...WEEK },
        { grain: 'week' as const, ...WEEKS },
      ]) {
        for (const row of await ask({ metrics: [...metrics], ...query })) {
          for (const metric of metrics) {
            const value = row[metric]
            const fits = value === null || (typeof value === 'number' && value >= low && value <= high)
            expect([metric, row, fits]).toEqual([metric, row, true])
          }
        }
      }
    }
  })

  it.skipIf(!there)('all have an answer over four weeks', async () => {
    const silent: string[] = []
    for (const { name } of open.project.manifest.metrics) {
      const rows = await ask({ metrics: [name], ...MONTH })
      if (typeof rows[0]?.[name] !== 'number' || !Number.isFinite(rows[0]?.[name])) silent.push(name)
    }
    expect(silent.filter((name) => !OF_OTHER_EVENTS.test(name))).toEqual([])
  })

  it.skipIf(!there)('say nothing of other organisations', async () => {
    const [ours] = await ask({ metrics: ['total_sessions', 'total_spend', 'security_events'], ...MONTH })
    const [theirs] = await ask(
      { metrics: ['total_sessions', 'total_spend', 'security_events'], ...MONTH },
      { ...ADMIN, org: 'globex' },
    )
    const { rows } = await open.warehouse.query(
      "select count(*) from raw.events where type = 'agent.session.started' and org_id = 'acme' and time < '2026-03-01'",
    )
    expect(theirs).toEqual(closely(ours ?? {}))
    expect(ours?.total_sessions).toBe(rows[0]?.[0])
  })

  it.skipIf(!there)('name no individual to users and viewers, whatever they ask', async () => {
    const named = /^(u\d+|Person u\d+|person\d+@acme\.example|login-u\d+)$/
    for (const role of ['user', 'viewer'] as const) {
      for (const { name, dimensions } of await ofModels(open)) {
        for (const dimension of dimensions) {
          const rows = await ask({ metrics: [name], by: [dimension], ...MONTH }, { ...ADMIN, role }).catch(() => [])
          const values = rows.map((row) => row[dimension]).filter((value) => named.test(String(value)))
          expect([role, name, dimension, values]).toEqual([role, name, dimension, []])
        }
      }
    }
  })

  it.skipIf(!there)('show a manager the people of their teams only', async () => {
    const manager: SecurityContext = { ...ADMIN, role: 'manager', user: 'u1', attributes: { team_ids: ['t1'] } }
    for (const metric of [
      'total_sessions',
      'total_spend',
      'data_access_events',
      'security_events',
      'power_score',
      'licensed_seats',
    ]) {
      const rows = await ask({ metrics: [metric], by: ['user_id'], ...MONTH }, manager)
      const people = rows.map(({ user_id }) => user_id).filter((user) => user !== null)
      expect([metric, people.filter((user) => !['u1', 'u4', 'u7', 'u10', 'u13'].includes(String(user)))]).toEqual([
        metric,
        [],
      ])
      expect([metric, people.length > 0]).toEqual([metric, true])
    }
  })
})

/** Bounds that a person who knows the fixture would put, for the metrics of each kind. */
const PLAUSIBLE = [
  {
    metrics: [
      'adoption_rate',
      'success_rate',
      'error_rate',
      'pr_merge_rate',
      'seat_utilization',
      'cost_coverage',
      'agent_mode_share',
    ],
    low: 0,
    high: 1.34,
  },
  { metrics: ['total_sessions', 'weekly_active_users', 'prs_created'], low: 1, high: 200 },
  { metrics: ['session_duration_p50', 'session_duration_p90', 'time_to_first_output'], low: 5, high: 3600 },
  { metrics: ['cost_per_session', 'cost_per_success'], low: 0.2, high: 4 },
  { metrics: ['spend_forecast', 'spend_qtd'], low: 1, high: 600 },
  { metrics: ['roi'], low: 1, high: 100 },
  { metrics: ['team_leaderboard'], low: 20, high: 100 },
] as const satisfies readonly { metrics: readonly string[]; low: number; high: number }[]

/** Of events that the fixture does not have, or of the month before it. */
const OF_OTHER_EVENTS = /^(dashboard_|feedback_|nps|spend_previous_month|spend_change)/

interface SqlCase {
  readonly name: string
  readonly sql: string
  readonly by: string[]
  readonly where: string
}

function sqlCases(): readonly SqlCase[] {
  return readdirSync(CASES).map((file) => {
    const sql = readFileSync(join(CASES, file), 'utf8')
    const [, by = '', where = ''] = /^-- by ?(\w*)(?: where (.*))?/.exec(sql) ?? []
    return { name: file.replace(/\.sql$/, '').replaceAll('-', ' '), sql, by: by === '' ? [] : [by], where }
  })
}

async function rowsOf({ warehouse }: OpenProject, sql: string): Promise<readonly Row[]> {
  const body = sql.replace(/^-- by.*\n/, '').replace(/^(--.*\n)*/, '')
  const events = `events as (
    select type, subject, time, cast(data as json) as d from raw.events where org_id = 'acme'
  )`
  const whole = /^with /.test(body) ? `with ${events}, ${body.slice(5)}` : `with ${events} ${body}`
  const { columns, rows } = await warehouse.query(whole)
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, typed(row[index])])))
}

/** Postgres answers decimals as text. */
const typed = (value: unknown) => (/^-?\d+(\.\d+)?$/.test(String(value)) ? Number(value) : value)

const closely = (row: Row) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? expect.closeTo(value, 6) : value]),
  )

const inOrder = (rows: readonly Row[], by: readonly string[]) =>
  [...rows].sort((a, b) => String(a[by[0] ?? '']).localeCompare(String(b[by[0] ?? ''])))

/** One metric for each semantic model that has any, with every dimension that it can be split by. */
async function ofModels({ project }: OpenProject) {
  const { metrics, models } = project.manifest
  return models.flatMap(({ name }) => {
    const metric = metrics.find(({ type, home }) => type === 'simple' && 'model' in home && home.model === name)
    if (metric === undefined) return []
    return [{ name: metric.name, dimensions: metric.dimensions.map((ref) => `${ref.model}.${ref.dimension}`) }]
  })
}
