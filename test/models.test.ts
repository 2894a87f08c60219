import { describe, expect, it } from 'vitest'
import { build, type WarehouseLocation } from '../runtime/warehouse/index.ts'
import { type OpenProject, openProject } from './projects/open-project.ts'
import { activity, loadActivity } from './support/activity/index.ts'
import { postgresDatabase } from './support/postgres.ts'

const CUT = new Date('2026-02-14T12:00:00Z')
const postgres = await postgresDatabase()
const engines: readonly (readonly [string, WarehouseLocation | null])[] = [
  ['DuckDB', { type: 'duckdb', path: ':memory:' }],
  ['Postgres', postgres === null ? null : { type: 'postgres', url: postgres }],
]

describe.each(engines)('the models of the shipped project on %s', (_, location) => {
  const there = location !== null

  it.skipIf(!there)(
    'are the same whether events come in order, late, twice or long after newer ones',
    async () => {
      const early = activity.filter(
        ({ time, type }, index) => time < CUT && !type.startsWith('org.') && index % 7 !== 0,
      )
      const rest = activity.filter((event) => !early.includes(event))
      const open = await openProject(
        process.cwd(),
        (warehouse) => loadActivity(warehouse, early),
        location ?? undefined,
      )
      try {
        await loadActivity(open.warehouse, rest, CUT)
        await rebuild(open)
        const grown = await contents(open)
        await rebuild(open, true)
        const anew = await contents(open)
        for (const [name, rows] of anew) {
          const same = new Set(rows)
          const other = grown
            .get(name)
            ?.filter((row) => !same.has(row))
            .slice(0, 2)
          expect([name, grown.get(name)?.length, other]).toEqual([name, rows.length, []])
        }
      } finally {
        await open.close()
      }
    },
    120_000,
  )
})

describe('the team of a session', () => {
  it('is the one its person was in when it started, whenever the directory tells of it', async () => {
    const open = await openProject(process.cwd(), (warehouse) => loadActivity(warehouse, [...sessionsOf('ada')]))
    const teams = async () =>
      (
        await open.warehouse.query(
          "select session_id, team_id, user_id from fct_sessions where org_id = 'acme' order by session_id",
        )
      ).rows
    try {
      expect(await teams()).toEqual([
        ['02-03', null, 'ada@acme.example'],
        ['02-10', null, 'ada@acme.example'],
        ['02-17', null, 'ada@acme.example'],
      ])
      await loadActivity(open.warehouse, [member('2026-03-01', 'blue')], new Date())
      await rebuild(open)
      expect(await teams()).toEqual(['02-03', '02-10', '02-17'].map((id) => [id, 'blue', 'ada']))
      // Only now it is heard that she was elsewhere before; where she goes later changes nothing of that.
      await loadActivity(open.warehouse, [member('2026-02-05', 'red'), member('2026-02-12', 'blue')], new Date())
      // Of two words of one time the later one counts.
      const both = ['yellow', 'green'].map((team) => ({ ...member('2026-03-02', team), id: `ada ${team}` }))
      await loadActivity(open.warehouse, both, new Date())
      await rebuild(open)
      const told = [
        ['02-03', 'red', 'ada'],
        ['02-10', 'red', 'ada'],
        ['02-17', 'blue', 'ada'],
      ]
      expect(await teams()).toEqual(told)
      await rebuild(open, true)
      expect(await teams()).toEqual(told)
    } finally {
      await open.close()
    }
  }, 60_000)
})

function* sessionsOf(name: string) {
  for (const day of ['02-03', '02-10', '02-17']) {
    const data = { session_id: day, user_email: `${name}@acme.example`, agent: 'claude-code' }
    yield { type: 'agent.session.started', id: day, subject: day, time: new Date(`2026-${day}T10:00:00Z`), data }
  }
}

const member = (day: string, team: string) => ({
  type: 'org.user.changed',
  id: `ada ${day}`,
  subject: 'ada',
  time: new Date(`${day}T00:00:00Z`),
  data: { user_id: 'ada', email: 'Ada@acme.example', team_id: team },
})

describe('the daily aggregates', () => {
  it('outlive the events and rows they were made from, and still follow what changes', async () => {
    const open = await openProject(process.cwd(), (warehouse) => loadActivity(warehouse))
    try {
      const before = await history(open)
      const gone = "< timestamp '2026-02-16 00:00:00'"
      await open.warehouse.transaction(async (tx) => {
        await tx.query(`delete from raw.events where time ${gone} and type like 'agent.%'`)
        for (const [table, time] of DETAIL) await tx.query(`delete from ${table} where ${time} ${gone}`)
        await tx.touch('raw.events')
      })
      await loadActivity(open.warehouse, [late('2026-02-03T10:00:00Z'), late('2026-02-20T10:00:00Z')], new Date())
      await rebuild(open)
      const after = await history(open)
      expect(after.find(([day]) => day === '2026-02-03')).toEqual(before.find(([day]) => day === '2026-02-03'))
      expect(after.filter(([day]) => String(day) < '2026-02-16')).toEqual(
        before.filter(([day]) => String(day) < '2026-02-16'),
      )
      const sessions = (rows: typeof before) => Number(rows.find(([day]) => day === '2026-02-20')?.[1])
      expect(sessions(after)).toBe(sessions(before) + 2)
    } finally {
      await open.close()
    }
  }, 120_000)
})

const DETAIL = [
  ['stg_session_events', 'event_time'],
  ['stg_costs', 'event_time'],
  ['stg_pull_request_events', 'event_time'],
  ['fct_sessions', 'started_at'],
  ['fct_costs', 'incurred_at'],
  ['fct_pull_requests', 'opened_at'],
] as const

const late = (time: string) => ({
  type: 'agent.session.started',
  id: `late ${time}`,
  subject: `late ${time}`,
  time: new Date(time),
  data: { session_id: `late ${time}`, user_id: 'u1', team_id: 't1', agent: 'claude-code' },
})

/** Of a place of which nothing is left on a day, an aggregate keeps that it was none. */
const EMPTIED = /\["(sessions|costs|incidents)",0\]/

async function history({ warehouse }: OpenProject) {
  const { rows } = await warehouse.query(
    `select cast(cast(day as date) as varchar), cast(sum(sessions) as integer), cast(sum(completed) as integer)
     from agg_sessions_daily group by day order by day`,
  )
  return rows
}

async function rebuild({ project, warehouse }: OpenProject, fullRefresh = false) {
  const report = await build({ manifest: project.manifest, warehouse, projectDir: process.cwd(), fullRefresh })
  expect(report.results.filter(({ status }) => status !== 'built')).toEqual([])
}

/** Every table's rows as text, with numbers cut where sums differ by their order, in any order. */
async function contents({ project, warehouse }: OpenProject): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = project.manifest.relations.filter(({ materialized }) => materialized !== 'view')
  const found = new Map<string, readonly string[]>()
  for (const { name } of tables) {
    const { columns, rows } = await warehouse.query(`select * from ${name}`)
    const texts = rows.map((row) =>
      JSON.stringify(columns.map(({ name: column }, index) => [column, rounded(row[index])]).sort()),
    )
    found.set(name, texts.filter((text) => !EMPTIED.test(text)).sort())
  }
  return found
}

const rounded = (value: unknown) =>
  typeof value === 'number' ? Number(value.toFixed(6)) : typeof value === 'bigint' ? Number(value) : value
