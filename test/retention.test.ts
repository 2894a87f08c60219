import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../runtime/config/index.ts'
import { createIngest } from '../runtime/ingest/index.ts'
import { loadProject } from '../runtime/project/index.ts'
import { retain, startRetention } from '../runtime/retention/index.ts'
import { openStore } from '../runtime/store/index.ts'
import { openEngines } from './warehouse/engines.ts'

const now = new Date('2026-06-15T10:00:00Z')
const OLD = '2025-05-14T23:59:59Z'
const JUST_YOUNG = '2025-05-15T00:00:00Z'
const engines = await openEngines()
const { manifest, config } = await loadProject(process.cwd())

describe.each(engines)('retention on $name', ({ warehouse }) => {
  const countsOf = async (table: string, column: string) => {
    const { rows } = await warehouse.query(`SELECT ${column} FROM ${table} ORDER BY 1`)
    return rows.map(([value]) => value)
  }
  const told = async () => {
    const ingest = await createIngest({ warehouse, clock: () => Date.parse(OLD) })
    const event = (id: string, type: string, time: string, data: object) => {
      return { specversion: '1.0', id, source: '/test', type, time, data }
    }
    const session = { session_id: 's', agent: 'x' }
    await ingest.accept('acme', [
      event('old', 'agent.session.started', OLD, session),
      event('team', 'org.team.changed', OLD, { team_id: 't', name: 'T' }),
      { nonsense: true },
    ])
    await ingest.close()
    const later = await createIngest({ warehouse, clock: () => now.getTime() })
    await later.accept('acme', [event('young', 'agent.session.started', JUST_YOUNG, session), { other: true }])
    await later.close()
  }

  it('deletes events, refusals and rows of models by their own times, and tells what changed', async () => {
    await told()
    await warehouse.query('CREATE TABLE fct_sessions (session_id varchar, ended_at timestamp, started_at timestamp)')
    await warehouse.query(
      `INSERT INTO fct_sessions VALUES ('old', '2026-06-01', '2025-05-14'), ('young', NULL, '2026-05-15')`,
    )
    await warehouse.query('CREATE TABLE agg_sessions_daily (place varchar, day timestamp)')
    await warehouse.query(`INSERT INTO agg_sessions_daily VALUES ('old', '2023-06-14'), ('young', '2023-06-15')`)
    const before = await warehouse.dataVersions()
    const options = { warehouse, manifest, limits: config.retention, now }

    const planned = await retain({ ...options, dryRun: true })
    expect(planned.relations.map(({ relation, column, rows }) => [relation, column, rows])).toEqual([
      ['raw.events', 'time', 1],
      ['raw.dead_letters', 'received_at', 1],
      ['agg_sessions_daily', 'day', 1],
      ['fct_sessions', 'started_at', 1],
    ])
    expect(await countsOf('raw.events', 'id')).toHaveLength(3)

    expect((await retain(options)).relations).toEqual(planned.relations)
    expect(await countsOf('raw.events', 'id')).toEqual(['team', 'young'])
    expect(await countsOf('raw.dead_letters', 'payload')).toEqual(['{"other":true}'])
    expect(await countsOf('fct_sessions', 'session_id')).toEqual(['young'])
    expect(await countsOf('agg_sessions_daily', 'place')).toEqual(['young'])
    const after = await warehouse.dataVersions()
    for (const { relation } of planned.relations) {
      expect(after.get(relation) ?? 0, relation).toBeGreaterThan(before.get(relation) ?? 0)
    }

    const again = await retain(options)
    expect(again.relations.map(({ rows }) => rows)).toEqual([0, 0, 0, 0])
    expect(await warehouse.dataVersions()).toEqual(after)
    expect((await retain({ ...options, limits: { events: null, aggregates: null } })).relations).toEqual([])
  })
})

describe('the limits', () => {
  const limitsOf = async (retention: unknown) => {
    const dir = mkdtempSync(join(tmpdir(), 'metrics-retention-'))
    writeFileSync(join(dir, 'metrics.config.json'), JSON.stringify({ name: 'x', retention }))
    const { config, diagnostics } = await readConfig(dir)
    rmSync(dir, { recursive: true })
    return { ...config.retention, problems: diagnostics.map(({ code, at }) => [code, at?.line]) }
  }

  it('are thirteen months and three years, or as configured', async () => {
    const defaults = { events: { count: 13, unit: 'month' }, aggregates: { count: 3, unit: 'year' }, problems: [] }
    expect(await limitsOf(undefined)).toEqual(defaults)
    expect(await limitsOf({ events: '90 days', aggregates: false })).toEqual({
      events: { count: 90, unit: 'day' },
      aggregates: null,
      problems: [],
    })
  })

  it.each([{ events: '0 days' }, { events: 13 }, { events: 'a year' }, { aggregates: true }])(
    'must be readable: %j is not',
    async (given) => expect((await limitsOf(given)).problems).toEqual([['AM2005', 1]]),
  )

  it('have no other names', async () => expect((await limitsOf({ event: '1 day' })).problems).toEqual([['AM2003', 1]]))
})

it('runs once a day on one of the servers that share a store, and again soon if it failed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'metrics-retention-'))
  const store = await openStore({ path: join(dir, 'store') })
  const troubles: unknown[] = []
  let runs = 0
  const work = async () => {
    runs++
    if (runs === 1) throw new Error('the warehouse is away')
    return { dryRun: false, relations: [] }
  }
  const start = () => startRetention({ store, work, every: 20, onTrouble: (error) => troubles.push(error) })
  const jobs = [start(), start()]
  await expect.poll(() => runs).toBe(2)
  await new Promise((resolve) => setTimeout(resolve, 200))
  for (const job of jobs) await job.stop()
  expect([runs, troubles.length]).toEqual([2, 1])
  await store.close()
  rmSync(dir, { recursive: true })
})
