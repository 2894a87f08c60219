import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BuildMemory, createBuildMemory, followSources } from '../../runtime/warehouse/index.ts'
import { openEngines } from './engines.ts'
import { buildModels, model, source, test } from './support/project.ts'

const engines = await openEngines()

describe.each(engines)('building again and again on $name', ({ warehouse }) => {
  const sources = [source('raw', 'orders')]
  const models = [
    model('staged', 'select id, team, received_at from {{source "raw" "orders"}}', { materialized: 'view' }),
    model(
      'facts',
      `select id, team, received_at from {{ref "staged"}}
       {{#if incremental}}where received_at >= {{watermark "received_at"}} - interval '1 hour'{{/if}}`,
      {
        materialized: 'incremental',
        key: 'id',
        tests: [test('id', { type: 'unique' }), test('team', { type: 'not_null' })],
      },
    ),
    model('teams', 'select distinct team from {{ref "staged"}}'),
    model('names', 'select upper(team) as name from {{ref "teams"}}'),
    model('clock', 'select current_timestamp as at'),
  ]
  const add = (id: number, team: string | null, receivedAt: string) =>
    warehouse.insert('raw.orders', ['id', 'team', 'received_at'], [[id, team, receivedAt]])
  const told = () => warehouse.transaction((tx) => tx.touch('raw.orders'))
  const notesOf = async (memory: BuildMemory) => {
    const { results } = await buildModels(warehouse, models, { sources, memory })
    return Object.fromEntries(results.map(({ name, notes, rows }) => [name, notes[0] ?? rows]))
  }

  beforeEach(async () => {
    await warehouse.query(
      'CREATE SCHEMA raw; CREATE TABLE raw.orders (id integer, team varchar, received_at timestamp)',
    )
    await add(1, 'core', '2026-01-01T08:00:00Z')
    await told()
  })
  afterEach(() =>
    warehouse.query(
      'DROP SCHEMA raw CASCADE; DROP VIEW IF EXISTS staged CASCADE; DROP TABLE IF EXISTS facts CASCADE; DROP TABLE IF EXISTS teams CASCADE; DROP TABLE IF EXISTS names; DROP TABLE IF EXISTS clock; DELETE FROM _metrics.relations',
    ),
  )

  it('leaves alone what nothing changed for, but for what depends on the time', async () => {
    const memory = createBuildMemory()
    await notesOf(memory)
    expect(await notesOf(memory)).toEqual({
      staged: 'unchanged',
      facts: 'unchanged',
      teams: 'unchanged',
      names: 'unchanged',
      clock: 1,
    })
  })

  it('takes rows that are the same for no change', async () => {
    const memory = createBuildMemory()
    await notesOf(memory)
    await add(2, 'core', '2026-01-01T09:00:00Z')
    await told()
    expect(await notesOf(memory)).toMatchObject({ facts: 2, teams: 'same rows', names: 'unchanged' })
    await add(3, 'web', '2026-01-01T09:00:00Z')
    await told()
    expect(await notesOf(memory)).toMatchObject({ teams: 2, names: 2 })
  })

  it('reads from the watermark on, and what is older is not read again', async () => {
    const memory = createBuildMemory()
    await notesOf(memory)
    await add(2, 'core', '2026-01-01T12:00:00Z')
    await add(9, 'core', '2025-12-01T00:00:00Z')
    await told()
    // The row at the watermark is read again, and replaced by itself.
    expect(await notesOf(memory)).toMatchObject({ facts: 2 })
    expect((await warehouse.query('SELECT id FROM facts ORDER BY id')).rows).toEqual([[1], [2]])
  })

  it('still refuses added rows that break a test', async () => {
    const memory = createBuildMemory()
    await notesOf(memory)
    await add(2, null, '2026-01-01T12:00:00Z')
    await told()
    const report = await buildModels(warehouse, models, { sources, memory })
    expect(report.results.find(({ name }) => name === 'facts')).toMatchObject({ status: 'failed' })
    expect((await warehouse.query('SELECT id FROM facts')).rows).toEqual([[1]])
  })
})

it('models follow their sources as soon as they say', async () => {
  const relations = [
    model('live', 'select 1 from {{source "raw" "orders"}}'),
    model('later', 'select 1 from {{ref "live"}}', { refresh: '5m' }),
    model('last', 'select 1 from {{ref "later"}}'),
  ]
  let version = 1
  let now = 0
  const built: string[][] = []
  const following = followSources({
    warehouse: { dataVersions: async () => new Map([['raw.orders', version]]) },
    manifest: () => ({ relations, sources: [source('raw', 'orders')] }),
    build: async (select) => void built.push([...select]),
    onTrouble: (error) => {
      throw error
    },
    now: () => now,
    every: 1,
  })
  const next = async (count: number) => {
    while (built.length < count) await new Promise((resume) => setTimeout(resume, 1))
  }
  now = 1_000_000
  await next(1)
  version = 2
  await next(2)
  now += 300_000
  await next(3)
  await following.stop()
  expect(built).toEqual([['live', 'later', 'last'], ['live'], ['later', 'last']])
})
