import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Alerts, createAlerts } from '../../runtime/alerts/index.ts'
import { createRuntime, type Runtime } from '../../runtime/index.ts'
import { openStore, type Store } from '../../runtime/store/index.ts'
import { deliveryOver } from '../channels/delivering.ts'
import { postgresDatabase } from '../support/postgres.ts'
import { startReceiver } from '../support/receiver.ts'
import { sampleProject } from '../support/sample-project.ts'

const ALERTS = `
version: 1
channels:
  - { name: inbox, type: in_app }
  - { name: hook, type: webhook, url: https://example.org/hook }
  - { name: oncall, type: pagerduty, routing_key: key }
  - { name: ops, type: opsgenie, api_key: key }
alerts:
  - { name: revenue_high, type: threshold, metric: revenue, grain: day, by: [team], when: { above: 15, for: 5m }, bounds: { min: 5, max: 100 }, every: 1m, severity: critical, notify: [inbox] }
  - { name: budget, type: budget, metric: revenue, budget: 20, limit: true, notify: [inbox, hook] }
  - { name: broken, type: threshold, metric: revenue, grain: day, where: "{team} = 'x'", when: { above: 1 }, every: 1m, no_data: no_data, notify: [inbox] }
  - { name: revenue_pages, type: threshold, metric: revenue, grain: day, by: [team], when: { above: 15, for: 5m }, every: 1m, severity: critical, notify: [oncall, ops] }
`
const project = sampleProject({ 'alerts/a.yml': ALERTS })
let runtime: Runtime
let memory: Store

beforeAll(async () => {
  runtime = await createRuntime(project.dir)
  await runtime.build({})
  memory = await openStore({ memory: true })
})
afterAll(async () => {
  await memory.close()
  await runtime.close()
  project.remove()
})

/** The day after the sample's last order, and minutes from then. */
const at = (minute: number) => new Date(Date.parse('2025-03-03T09:00:00Z') + minute * 60_000)

function serverOn(
  store: Store,
  holder: string,
  semantic = runtime.semantic,
  manifest = () => runtime.manifest(),
): Alerts {
  return createAlerts({
    store,
    semantic,
    holder,
    manifest,
    dir: project.dir,
    versions: () => runtime.warehouse.dataVersions(),
    tenants: async () => ['x', 'y'],
  })
}

const deliveriesOf = (store: Store, group = 'x/revenue_high') =>
  store.db
    .selectFrom('deliveries')
    .select(['channel', 'status', 'title', 'group_key'])
    .where('group_key', 'like', `${group}%`)
    .orderBy('id')
    .execute()

/** The store in memory without what other tests left. */
async function emptied(): Promise<Store> {
  for (const table of ['alert_instances', 'alert_history', 'deliveries', 'leases'] as const)
    await memory.db.deleteFrom(table).execute()
  return memory
}

const url = await postgresDatabase()

describe.skipIf(url === null)('two servers on one Postgres', () => {
  test('check and tell once, and the second goes on where the first stopped', async () => {
    const [first, second] = [await openStore({ url: url ?? '' }), await openStore({ url: url ?? '' })]
    const [a, b] = [serverOn(first, 'a'), serverOn(second, 'b')]
    for (let minute = 0; minute < 4; minute++) {
      const ticks = await Promise.all([a.evaluator.tick(at(minute)), b.evaluator.tick(at(minute))])
      expect(ticks.filter(({ leading }) => leading)).toHaveLength(1)
    }
    expect(await deliveriesOf(first)).toEqual([])
    // The one that leads is gone without a word: its lease runs out.
    await first.db
      .updateTable('leases')
      .set({ expires_at: new Date(0) })
      .execute()
    for (let minute = 4; minute < 9; minute++) {
      expect((await b.evaluator.tick(at(minute))).leading).toBe(true)
      expect((await a.evaluator.tick(at(minute))).leading).toBe(false)
    }
    expect(await deliveriesOf(first)).toEqual([
      {
        channel: 'inbox',
        status: 'firing',
        title: expect.stringContaining('team blue'),
        group_key: 'x/revenue_high/{"team":"blue"}',
      },
    ])
    const context = { org: 'x', role: 'admin', user: null, attributes: {} } as const
    const history = await b.history(context, 'revenue_high', { limit: 10 })
    expect(history.map(({ from, to }) => `${from}→${to}`)).toEqual(['pending→firing', 'normal→pending'])
    await Promise.all([first.close(), second.close()])
  })

  test('a server that lost its lease while it asked writes nothing', async () => {
    const store = await openStore({ url: url ?? '' })
    await store.db.deleteFrom('alert_instances').execute()
    await store.db
      .updateTable('leases')
      .set({ expires_at: new Date(0) })
      .execute()
    const slow = {
      ...runtime.semantic,
      query: async (...asked: Parameters<Runtime['semantic']['query']>) => {
        await store.db
          .updateTable('leases')
          .set({ holder: 'other', expires_at: new Date(Date.now() + 60_000) })
          .execute()
        return runtime.semantic.query(...asked)
      },
    }
    const tick = await serverOn(store, 'late', slow).evaluator.tick(at(20))
    expect(tick).toMatchObject({ leading: true, messages: 0 })
    expect(await store.db.selectFrom('alert_instances').selectAll().execute()).toEqual([])
    await store.close()
  })
})

test('state survives a restart: what was pending fires when its time has come', async () => {
  const store = await emptied()
  await serverOn(store, 'one').evaluator.tick(at(0))
  await serverOn(store, 'one').evaluator.tick(at(3))
  expect(await deliveriesOf(store)).toEqual([])
  await serverOn(store, 'one').evaluator.tick(at(5))
  await serverOn(store, 'one').evaluator.tick(at(6))
  expect(await deliveriesOf(store)).toHaveLength(1)
})

test('a spending limit reaches the webhook as an event of its own, once a month', async () => {
  const store = await emptied()
  const alerts = serverOn(store, 'one')
  for (const minute of [0, 15, 30]) await alerts.evaluator.tick(at(minute))
  const hooks = await store.db
    .selectFrom('deliveries')
    .select(['kind', 'severity', 'message'])
    .where('channel', '=', 'hook')
    .where('kind', '=', 'budget_limit')
    .where('org', '=', 'x')
    .execute()
  expect(hooks).toHaveLength(1)
  expect(hooks[0]?.message).toMatchObject({
    event: { type: 'budget.limit.reached', data: { org: 'x', alert: 'budget', budget: 20, spent: 35 } },
  })
  const told = await deliveriesOf(store, 'x/budget')
  expect(told.filter(({ channel }) => channel === 'inbox')).toHaveLength(1)
})

test('missing data is a state where the alert says so, and each tenant has its own', async () => {
  const store = await emptied()
  const alerts = serverOn(store, 'one')
  for (const minute of [0, 1, 2]) await alerts.evaluator.tick(at(minute))
  const rows = await store.db
    .selectFrom('alert_instances')
    .select(['org', 'alert', 'status'])
    .where('alert', '=', 'revenue_high')
    .execute()
  expect(rows).toEqual([{ org: 'x', alert: 'revenue_high', status: 'pending' }])
})

test('what would fire is said with its reason, and nothing is kept', async () => {
  const store = await emptied()
  const alerts = createAlerts({
    store,
    semantic: runtime.semantic,
    manifest: () => runtime.manifest(),
    dir: project.dir,
    versions: () => runtime.warehouse.dataVersions(),
    tenants: async () => ['x'],
    now: () => at(0),
  })
  const [check] = await alerts.check(['x'], 'revenue_high')
  expect(check).toMatchObject({ verdict: 'waits', instances: [{ labels: { team: 'blue' }, value: 25 }] })
  expect(await store.db.selectFrom('alert_instances').selectAll().execute()).toEqual([])
  await expect(alerts.check(['x'], 'revenue_hi')).rejects.toThrow(/AM8030.*revenue_high/s)
})

test('a backtest says when it would have fired', async () => {
  const context = { org: 'x', role: 'admin', user: null, attributes: {} } as const
  const test = await runtime.alerts.backtest(
    context,
    'revenue_high',
    new Date('2025-03-01T00:00:00Z'),
    new Date('2025-03-05T00:00:00Z'),
  )
  expect(test.episodes).toEqual([
    {
      labels: { team: 'blue' },
      from: new Date('2025-03-03T00:05:00Z'),
      to: new Date('2025-03-04T00:00:00Z'),
      why: expect.stringContaining('25'),
    },
  ])
})

test('a message names the alert and the instances that it is about, for whom it may be shown to', async () => {
  const store = await emptied()
  const server = serverOn(store, 'a')
  for (let minute = 0; minute < 8; minute++) await server.evaluator.tick(at(minute))
  const rows = await store.db.selectFrom('deliveries').select('message').where('kind', '=', 'alert').execute()
  const about = rows.map(({ message }) => (message as { about?: { alert: string } }).about)
  expect(about).not.toContain(undefined)
  expect(about.filter((one) => one?.alert === 'revenue_high')).toEqual([
    { alert: 'revenue_high', instances: ['{"team":"blue"}'] },
  ])
})

test('a rule that is taken out while it fires is over for everybody who was told, once', async () => {
  const store = await emptied()
  const without = () => {
    const manifest = runtime.manifest()
    return { ...manifest, alerts: manifest.alerts.filter(({ name }) => name !== 'revenue_high') }
  }
  const before = serverOn(store, 'a')
  for (let minute = 0; minute < 8; minute++) await before.evaluator.tick(at(minute))
  expect((await deliveriesOf(store)).map(({ status }) => status)).toEqual(['firing'])
  const after = serverOn(store, 'a', runtime.semantic, without)
  for (let minute = 8; minute < 12; minute++) await after.evaluator.tick(at(minute))
  const [fired, over, ...more] = await deliveriesOf(store)
  expect(over).toEqual({
    channel: 'inbox',
    status: 'resolved',
    title: expect.stringContaining('Resolved: '),
    group_key: fired?.group_key,
  })
  expect(more).toEqual([])
  const left = await store.db.selectFrom('alert_instances').select('alert').execute()
  expect(left.filter(({ alert }) => alert === 'revenue_high')).toEqual([])
})

test('a rule that is taken out closes the incidents that it opened elsewhere, and says why', async () => {
  const store = await emptied()
  const without = () => {
    const manifest = runtime.manifest()
    return { ...manifest, alerts: manifest.alerts.filter(({ name }) => name !== 'revenue_pages') }
  }
  const before = serverOn(store, 'a')
  for (let minute = 0; minute < 8; minute++) await before.evaluator.tick(at(minute))
  await serverOn(store, 'a', runtime.semantic, without).evaluator.tick(at(8))
  const receiver = await startReceiver()
  const { delivery } = await deliveryOver(
    [
      { name: 'oncall', type: 'pagerduty', routing_key: 'k', url: `${receiver.url}/v2/enqueue` },
      { name: 'ops', type: 'opsgenie', api_key: 'k', url: `${receiver.url}/v2/alerts` },
    ],
    { store },
  )
  await delivery.drain()
  await delivery.stop()
  await receiver.close()
  const [pagerduty, opsgenie] = ['/v2/enqueue', '/v2/alerts'].map((path) =>
    receiver.received.filter((one) => one.path.startsWith(path)),
  )
  expect(pagerduty?.map(({ body }) => [body.event_action, body.dedup_key])).toEqual([
    ['trigger', 'x/x/revenue_pages/{"team":"blue"}'],
    ['resolve', 'x/x/revenue_pages/{"team":"blue"}'],
  ])
  const [opened, closed, ...more] = opsgenie ?? []
  expect(opened?.path).toBe('/v2/alerts')
  expect(closed?.path).toContain(`/v2/alerts/${encodeURIComponent(String(opened?.body.alias))}/close`)
  expect(more).toEqual([])
  const text = await store.db.selectFrom('deliveries').select('message').where('status', '=', 'resolved').execute()
  expect(JSON.stringify(text)).toContain('was taken out of the project or renamed while it fired')
})
