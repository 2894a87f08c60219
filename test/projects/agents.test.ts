import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { isError } from '../../runtime/diagnostics/index.ts'
import { loadProject } from '../../runtime/project/index.ts'
import type { SecurityContext } from '../../runtime/semantic/index.ts'
import { runTests } from '../../runtime/testing/index.ts'
import { build, type WarehouseLocation } from '../../runtime/warehouse/index.ts'
import { postgresDatabase } from '../support/postgres.ts'
import { expectSame } from './expect-same.ts'
import { loadDemo } from './load-demo.ts'
import { type OpenProject, openProject } from './open-project.ts'

const UNTIL = new Date('2026-03-10T15:00:00Z')
const DIR = process.cwd()
const ADMIN: SecurityContext = { org: 'acme', role: 'admin', user: null, attributes: {} }
const WEEK = { from: '2026-03-02', to: '2026-03-08' }
const FIELD = (name: string) => `(cast(data as json) ->> '${name}')`
const event = (type: string) => `org_id = 'acme' and type = '${type}'`
const inWeek = (column: string) => `${column} >= '2026-03-02' and ${column} < '2026-03-09'`

const postgres = await postgresDatabase()
const engines: readonly (readonly [string, WarehouseLocation | null])[] = [
  ['DuckDB', { type: 'duckdb', path: ':memory:' }],
  ['Postgres', postgres === null ? null : { type: 'postgres', url: postgres }],
]

it('the shipped project has no problem', async () => {
  const { diagnostics } = await loadProject(DIR)
  expect(diagnostics).toEqual([])
})

it('the unit tests of the shipped project pass', async () => {
  const { manifest, diagnostics } = await loadProject(DIR)
  expect(diagnostics.filter(isError)).toEqual([])
  const results = await runTests(
    manifest,
    manifest.tests.filter(({ kind }) => kind === 'query'),
  )
  expect(results.length).toBeGreaterThanOrEqual(15)
  expect(results.filter(({ status }) => status !== 'passed')).toEqual([])
})

describe.each(engines)('the shipped project on %s', (_, location) => {
  const there = location !== null
  let open: OpenProject
  const ask = async (query: QueryDefinition, caller: SecurityContext = ADMIN) =>
    (await open.layer.query({ limit: 10_000, ...query }, caller)).rows
  beforeAll(async () => {
    if (!there) return
    open = await openProject(DIR, async (warehouse) => void (await loadDemo(warehouse, { until: UNTIL })), location)
  })
  afterAll(() => open?.close())

  it.skipIf(!there)('counts sessions and users as plain SQL over raw events does', () =>
    expectSame(
      open,
      { metrics: ['total_sessions', 'active_users'], grain: 'day', ...WEEK },
      `select to_char_day as time, count(*) as total_sessions, count(distinct ${FIELD('user_id')}) as active_users
       from (select cast(cast(time as date) as varchar) as to_char_day, data from raw.events
             where ${event('agent.session.started')} and ${inWeek('time')}) as started
       group by to_char_day`,
      ADMIN,
    ),
  )

  it.skipIf(!there)('rates success by team as plain SQL over raw events does', () =>
    expectSame(
      open,
      { metrics: ['success_rate', 'error_rate', 'loc_changed'], by: ['team_id'], ...WEEK },
      `select team_id,
         avg(case when status = 'completed' then 1.0 when status is not null then 0 end) as success_rate,
         avg(case when status = 'failed' then 1.0 when status is not null then 0 end) as error_rate,
         cast(coalesce(sum(loc), 0) as double precision) as loc_changed
       from (select subject, ${FIELD('team_id')} as team_id from raw.events
             where ${event('agent.session.started')} and ${inWeek('time')}) as started
       left join (select subject, ${FIELD('status')} as status,
               cast(${FIELD('loc_added')} as integer) + cast(${FIELD('loc_modified')} as integer)
                 + cast(${FIELD('loc_deleted')} as integer) as loc
             from raw.events where ${event('agent.session.ended')}) as ended on ended.subject = started.subject
       group by team_id`,
      ADMIN,
    ),
  )

  it.skipIf(!there)('sums costs by kind and leaves out unknown ones as plain SQL over raw events does', () =>
    expectSame(
      open,
      { metrics: ['total_spend'], by: ['cost_kind'], ...WEEK },
      `select ${FIELD('kind')} as cost_kind, sum(cast(${FIELD('amount')} as double precision)) as total_spend
       from raw.events where ${event('agent.cost.recorded')} and ${inWeek('time')} group by ${FIELD('kind')}`,
      ADMIN,
    ),
  )

  it.skipIf(!there)('follows pull requests from opening to merge', () =>
    expectSame(
      open,
      { metrics: ['prs_created', 'merged_prs'], ...WEEK },
      `select count(*) as prs_created, count(merged.subject) as merged_prs
       from (select subject from raw.events where ${event('agent.pr.opened')} and ${inWeek('time')}
               and coalesce(${FIELD('created_by')}, case when ${FIELD('session_id')} is not null then 'agent' end) = 'agent') as opened
       left join (select subject from raw.events where ${event('agent.pr.merged')}) as merged
         on merged.subject = opened.subject`,
      ADMIN,
    ),
  )

  it.skipIf(!there)('has a number for every metric, by week where it has a time', async () => {
    const { metrics } = open.project.manifest
    const empty: string[] = []
    for (const { name } of metrics) {
      const rows = await ask({ metrics: [name], grain: 'week', from: '2026-01-05', to: '2026-03-08' })
      const values = rows.map((row) => row[name]).filter((value) => value !== null)
      expect([name, values.every((value) => typeof value === 'number' && Number.isFinite(value))]).toEqual([name, true])
      if (values.length === 0) empty.push(name)
    }
    // Agents of the demo tell their costs, and nobody bills its seats.
    expect(empty).toEqual(['imputed_spend', 'seat_spend'])
  })

  it.skipIf(!there)('has plausible figures', async () => {
    const [figures = {}] = await ask({
      metrics: [
        'success_rate',
        'adoption_rate',
        'cost_per_session',
        'pr_merge_rate',
        'cost_coverage',
        'time_to_first_output',
      ],
      from: '2026-02-01',
      to: '2026-02-28',
    })
    const between = (low: number, high: number) => expect.toSatisfy((value: number) => value > low && value < high)
    expect(figures).toEqual({
      success_rate: between(0.7, 0.95),
      adoption_rate: between(0.5, 1),
      cost_per_session: between(0.2, 3),
      pr_merge_rate: between(0.5, 0.95),
      cost_coverage: between(0.8, 0.99),
      time_to_first_output: between(3, 60),
    })
  })

  it.skipIf(!there)('keeps organisations apart though their ids are the same', async () => {
    const globex = { ...ADMIN, org: 'globex' }
    const query = { metrics: ['total_sessions', 'total_spend', 'adoption_rate'], by: ['team'] }
    const [ours, theirs] = [await ask(query), await ask(query, globex)]
    expect(ours).toHaveLength(25)
    expect(theirs.map(({ team }) => team).sort()).toEqual(['Back Office', 'Cards', 'Ledger', 'Prototypes'])
    const counted = await open.warehouse.query(
      `select count(*) from raw.events where type = 'agent.session.started' and org_id = 'globex'`,
    )
    const total = theirs.reduce((sum, { total_sessions }) => sum + Number(total_sessions), 0)
    expect(total).toBe(counted.rows[0]?.[0])
  })

  it.skipIf(!there)('shows managers their teams, and individuals to nobody below them', async () => {
    const manager: SecurityContext = { ...ADMIN, role: 'manager', user: 'u-003', attributes: { team_ids: ['team-03'] } }
    expect(await ask({ metrics: ['total_sessions'], by: ['team'] }, manager)).toMatchObject([{ team: 'Search' }])
    expect((await ask({ metrics: ['total_spend'], by: ['user_name'] }, manager)).length).toBeGreaterThan(2)
    for (const role of ['user', 'viewer'] as const) {
      await expect(ask({ metrics: ['total_sessions'], by: ['user_name'] }, { ...ADMIN, role })).rejects.toThrow(
        /user_name/,
      )
    }
    await expect(
      ask({ metrics: ['total_sessions'], by: ['session_id'] }, { ...ADMIN, role: 'viewer' }),
    ).rejects.toThrow()
  })

  it.skipIf(!there)('takes a session that was resumed as it ended last', async () => {
    const ended = (id: string, hour: number, data: object) => {
      const time = `2026-03-09T${hour}:00:00Z`
      return [
        'acme',
        '/test',
        id,
        'agent.session.ended',
        'again',
        time,
        '2026-03-11',
        '2026-03-11',
        JSON.stringify(data),
      ]
    }
    const columns = ['org_id', 'source', 'id', 'type', 'subject', 'time', 'received_at', 'stored_at', 'data']
    await open.warehouse.transaction(async (tx) => {
      await tx.insert('raw.events', columns, [
        ended('end-1', 10, { session_id: 'again', status: 'failed', error_type: 'timeout' }),
        ended('end-2', 11, { session_id: 'again', status: 'completed' }),
      ])
      await tx.touch('raw.events')
    })
    await build({
      manifest: open.project.manifest,
      warehouse: open.warehouse,
      projectDir: DIR,
      select: ['+fct_sessions'],
    })
    const { rows } = await open.warehouse.query(
      "select status, error_type from fct_sessions where session_id = 'again' and org_id = 'acme'",
    )
    expect(rows).toEqual([['completed', null]])
  })

  /** Controls, for one, have no time: no range applies to them. */
  const isTimed = ({ metrics = [], by = [] }: QueryDefinition) => {
    const { manifest } = open.project
    const homes = metrics.flatMap((name) => manifest.metrics.find((metric) => metric.name === name)?.models ?? [])
    const owners = by.map((name) => name.split('.')[0])
    const asked = manifest.models.filter(({ name }) => (homes.length > 0 ? homes : owners).includes(name))
    return asked.every(({ timeDimension }) => timeDimension !== null)
  }

  it.skipIf(!there)('answers every widget of every dashboard', async () => {
    const widgets = open.project.manifest.dashboards.flatMap(({ name, rows }) =>
      rows.flatMap(({ widgets }) => widgets.map((widget) => ({ dashboard: name, ...widget }))),
    )
    expect(widgets.length).toBeGreaterThan(20)
    for (const { dashboard, title, query } of widgets) {
      if (query === null) continue
      const range = isTimed(query) ? { from: '2026-02-09', to: '2026-03-10' } : {}
      const rows = await ask({ ...range, ...query })
      expect([dashboard, title, rows.length > 0]).toEqual([dashboard, title, true])
    }
  })
})

describe('late events', () => {
  it('change what was built before them, to the same as if they had come in time', async () => {
    const cut = '2026-03-01T00:00:00.000Z'
    const short = { until: UNTIL, days: 30 }
    const once = await openProject(DIR, async (warehouse) => void (await loadDemo(warehouse, short)))
    const twice = await openProject(DIR, async (warehouse) => void (await loadDemo(warehouse, short, (at) => at < cut)))
    await loadDemo(twice.warehouse, short, (at) => at >= cut)
    const { manifest } = twice.project
    const { results } = await build({ manifest, warehouse: twice.warehouse, projectDir: DIR })
    const incremental = results.filter(({ materialized }) => materialized === 'incremental')
    expect(incremental.map(({ status }) => status)).toEqual(incremental.map(() => 'built'))
    for (const { name, materialized } of manifest.relations) {
      if (materialized === 'view') continue
      const { columns } = await once.warehouse.query(`select * from ${name} limit 0`)
      const all = `select * from ${name} order by ${columns.map((_, index) => index + 1).join(', ')}`
      const [expected, actual] = [await once.warehouse.query(all), await twice.warehouse.query(all)]
      expect([name, actual.rows.length]).toEqual([name, expected.rows.length])
      // Sums differ in their last digits by the order of what was added.
      expect(actual.rows).toEqual(nearly(expected.rows))
    }
    const sessions = incremental.find(({ name }) => name === 'fct_sessions')
    const { rows } = await once.warehouse.query('select count(*) from fct_sessions')
    expect(sessions?.rows).toBeLessThan(Number(rows[0]?.[0]) / 2)
    await once.close()
    await twice.close()
  })
})

const nearly = (rows: readonly (readonly unknown[])[]) =>
  rows.map((row) => row.map((value) => (typeof value === 'number' ? expect.closeTo(value, 3) : value)))
