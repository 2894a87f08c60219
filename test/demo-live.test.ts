import { expect, test } from 'vitest'
import { loadConfig } from '../runtime/config/index.ts'
import { createLiveDemo, seedDemo } from '../runtime/demo/index.ts'
import { createIngest, type Ingest } from '../runtime/ingest/index.ts'
import { openWarehouse, type Warehouse } from '../runtime/warehouse/index.ts'
import { sampleProject } from './support/sample-project.ts'

/** Every minute something, also before it was made. */
const GENERATOR = `
const MINUTE = 60000
const event = (at) => ({
  specversion: '1.0', id: 'e' + at / MINUTE, source: '/demo/agents', type: 'agent.session.started', subject: 's', orgid: 'x',
  time: new Date(at).toISOString(), receivedtime: new Date(at).toISOString(), data: {},
})
export function* generateEvents({ seed, until, days = 1 }) {
  for (let back = 10 * days; back > 0; back -= 1) {
    yield event(Math.floor(until.getTime() / MINUTE - back) * MINUTE)
  }
}
export function* generateLive({ since }) {
  for (let at = (Math.floor(since.getTime() / MINUTE) + 1) * MINUTE; ; at += MINUTE) yield event(at)
}
`
const FILES = {
  'metrics.config.yml':
    'name: demo\ntenancy: { key: org_id }\nwarehouse: { type: duckdb, path: w.duckdb }\ndemo: ./demo.ts\n',
  'demo.ts': GENERATOR,
}
const MINUTE = 60_000

async function openDemo() {
  const project = sampleProject(FILES)
  const config = await loadConfig(project.dir)
  const warehouse = await openWarehouse(config.warehouse)
  const ingest = await createIngest({ warehouse })
  const bugs: unknown[] = []
  return {
    warehouse,
    ingest,
    bugs,
    seed: (reset = false) => seedDemo(config, warehouse, { seed: 3, reset }),
    live: (clock: () => number) => createLiveDemo({ config, warehouse, intake: async () => ingest, clock, every: 20 }),
    onTrouble: (error: unknown) => bugs.push(error),
    close: async () => {
      await ingest.close()
      await warehouse.close()
      project.remove()
    },
  }
}

const count = async (warehouse: Warehouse) =>
  Number((await warehouse.query('SELECT count(*) FROM raw.events')).rows[0]?.[0])

const own = (ingest: Ingest) =>
  ingest.accept('x', [
    { specversion: '1.0', id: 'own', source: '/ci', type: 'agent.session.started', subject: 's', data: {} },
  ])

test('a demo fills the time since its last event, goes on with what is due, and stops', async () => {
  const demo = await openDemo()
  expect(await demo.seed()).toEqual({ existing: 0, added: 10 })
  let now = Date.now() + 3 * MINUTE
  const live = demo.live(() => now)
  live.start(demo.onTrouble)
  await expect.poll(() => count(demo.warehouse), { timeout: 5000 }).toBeGreaterThanOrEqual(13)
  now += 2 * MINUTE
  await expect.poll(() => count(demo.warehouse), { timeout: 5000 }).toBeGreaterThanOrEqual(15)
  await live.stop()
  now += 10 * MINUTE
  const stopped = await count(demo.warehouse)
  await new Promise((resume) => setTimeout(resume, 80))
  expect(stopped).toBeLessThanOrEqual(17)
  expect([await count(demo.warehouse), demo.bugs]).toEqual([stopped, []])
  await demo.close()
})

test('what was missed while the server was off is made up for, each event once', async () => {
  const demo = await openDemo()
  await demo.seed()
  let now = Date.now()
  const live = demo.live(() => now)
  for (const minutes of [30, 45]) {
    now = Date.now() + minutes * MINUTE
    live.start(demo.onTrouble)
    await expect.poll(() => count(demo.warehouse), { timeout: 5000 }).toBeGreaterThanOrEqual(10 + minutes)
    await live.stop()
  }
  const { rows } = await demo.warehouse.query('SELECT count(*), count(DISTINCT id) FROM raw.events')
  expect(rows[0]?.[0]).toEqual(rows[0]?.[1])
  expect(demo.bugs).toEqual([])
  await demo.close()
})

test('a demo that is made anew goes on from there', async () => {
  const demo = await openDemo()
  await demo.seed()
  let now = Date.now()
  const live = demo.live(() => now)
  live.start(demo.onTrouble)
  expect(await live.pauseFor(() => demo.seed(true))).toEqual({ existing: 0, added: 10 })
  now = Date.now() + 5 * MINUTE
  await expect.poll(() => count(demo.warehouse), { timeout: 5000 }).toBeGreaterThanOrEqual(15)
  await live.stop()
  await demo.close()
})

test('nothing is added where there are events of somebody else, or no demo', async () => {
  const demo = await openDemo()
  const quiet = demo.live(() => Date.now() + 60 * MINUTE)
  quiet.start(demo.onTrouble)
  await new Promise((resume) => setTimeout(resume, 100))
  expect(await count(demo.warehouse)).toBe(0)
  await quiet.stop()
  await demo.seed()
  await own(demo.ingest)
  const live = demo.live(() => Date.now() + 60 * MINUTE)
  live.start(demo.onTrouble)
  await new Promise((resume) => setTimeout(resume, 100))
  await live.stop()
  expect([await count(demo.warehouse), demo.bugs]).toEqual([11, []])
  await demo.close()
})
