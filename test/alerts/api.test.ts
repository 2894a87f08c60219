import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AlertView } from '../../runtime/alerts/index.ts'
import { createRuntime, type RunningServer, type Runtime, startServer } from '../../runtime/index.ts'

const dir = mkdtempSync(join(tmpdir(), 'metrics-alerts-'))
const troubles: unknown[] = []
let runtime: Runtime
let server: RunningServer
let following: ReturnType<Runtime['follow']>
const keys: Record<string, string> = {}

beforeAll(async () => {
  for (const part of ['metrics', 'models', 'alerts', 'dashboards', 'metrics.config.ts'])
    cpSync(part, join(dir, part), { recursive: true })
  runtime = await createRuntime(dir)
  await runtime.seedDemo({ days: 3 })
  await runtime.build({})
  const options = {
    port: 0,
    host: '127.0.0.1',
    pagesDir: dir,
    localToken: 'local-token',
    onBug: (error: unknown) => void troubles.push(error),
  }
  server = await startServer(runtime, options)
  following = runtime.follow((error) => void troubles.push(error))
  for (const role of ['admin', 'viewer'] as const) {
    keys[role] = (await runtime.identity.createKey({ org: 'acme', role, scopes: ['ingest', 'query'] }, 'test')).key
  }
  keys.other = (await runtime.identity.createKey({ org: 'globex', role: 'admin', scopes: ['query'] }, 'test')).key
}, 240_000)
afterAll(async () => {
  await server.close()
  await following.stop()
  await runtime.close()
  rmSync(dir, { recursive: true })
})

const call = (
  path: string,
  { as = 'admin', body, method = 'GET' }: { as?: string; body?: unknown; method?: string } = {},
) =>
  fetch(`http://127.0.0.1:${server.port}${path}`, {
    method,
    headers: { authorization: `Bearer ${keys[as]}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const alertOf = async (name: string, as = 'admin') =>
  ((await (await call('/api/v1/alerts', { as })).json()) as AlertView[]).find((one) => one.name === name)

const violation = (id: string) => ({
  specversion: '1.0',
  id,
  source: '/test',
  type: 'security.event',
  time: new Date().toISOString(),
  data: { kind: 'secret_detected', severity: 'critical', message: 'A key was printed.', environment: 'production' },
})

test('an event of high severity is told within half a minute', async () => {
  await call('/api/v1/alerts')
  const start = Date.now()
  const response = await fetch(`http://127.0.0.1:${server.port}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys.admin}`, 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify(violation('severe-1')),
  })
  expect(response.status).toBeLessThan(300)
  const told = async () =>
    runtime.store.db
      .selectFrom('deliveries')
      .select(['title', 'org'])
      .where('group_key', 'like', 'acme/severe_security_event/%secret_detected%')
      .execute()
  while ((await told()).length === 0 && Date.now() - start < 60_000) await sleep(200)
  const seconds = (Date.now() - start) / 1000
  console.info(`from event to message: ${seconds.toFixed(1)} s`)
  expect(await told()).toHaveLength(1)
  expect(seconds).toBeLessThan(30)
  expect(troubles).toEqual([])
}, 90_000)

test('alerts are listed with their condition and state, for the tenant of the caller', async () => {
  const mine = await alertOf('severe_security_event')
  expect(mine).toMatchObject({
    state: 'firing',
    type: 'event',
    severity: 'critical',
    owner: 'security',
    enabled: true,
    override: null,
    muted: null,
  })
  expect(mine?.instances.find(({ labels }) => labels.kind === 'secret_detected')).toMatchObject({
    state: 'firing',
    acknowledgedBy: null,
  })
  const other = await alertOf('severe_security_event', 'other')
  expect(
    other?.instances.filter(({ labels, state }) => labels.kind === 'secret_detected' && state === 'firing'),
  ).toEqual([])
  expect((await alertOf('error_rate_high'))?.condition).toBe('Error rate above 25% in an hour')
})

test('only managers and administrators act, and what they do stands in the audit log and in the history', async () => {
  const refused = await call('/api/v1/alerts/severe_security_event/acknowledge', {
    as: 'viewer',
    method: 'POST',
    body: {},
  })
  expect(refused.status).toBe(403)
  expect((await call('/api/v1/alerts/severe_security_event/acknowledge', { method: 'POST', body: {} })).status).toBe(
    204,
  )
  expect((await alertOf('severe_security_event'))?.instances[0]?.acknowledgedBy).not.toBeNull()
  expect((await call('/api/v1/alerts/severe_security_event/acknowledge', { method: 'POST', body: {} })).status).toBe(
    404,
  )
  const history = (await (await call('/api/v1/alerts/severe_security_event/history')).json()) as {
    text: string
    actor: string | null
  }[]
  expect(history[0]).toMatchObject({ text: expect.stringContaining('Acknowledged by') })
  const audit = await runtime.store.db
    .selectFrom('audit_log')
    .select('action')
    .where('action', 'like', 'alert.%')
    .execute()
  expect(audit).toEqual([{ action: 'alert.acknowledged' }])
  const messages = await runtime.store.db
    .selectFrom('deliveries')
    .select('status')
    .where('group_key', 'like', 'acme/severe_security_event/%')
    .orderBy('id')
    .execute()
  expect(messages.map(({ status }) => status)).toContain('acknowledged')
})

test('a silence has an end and a reason, and is shown where it works', async () => {
  const silence = (body: unknown) => call('/api/v1/alerts/policy_violation/silence', { method: 'POST', body })
  expect((await silence({ reason: 'test' })).status).toBe(400)
  expect((await silence({ reason: ' ', until: '1h' })).status).toBe(400)
  expect((await silence({ reason: 'test', until: '2001-01-01' })).status).toBe(400)
  const made = await silence({ reason: 'an audit', until: '2h', matchers: { policy: 'no_*' } })
  expect(made.status).toBe(201)
  const { id } = (await made.json()) as { id: string }
  expect(await (await call('/api/v1/silences')).json()).toMatchObject([
    { id, alert: 'policy_violation', reason: 'an audit' },
  ])
  expect(await (await call('/api/v1/silences', { as: 'other' })).json()).toEqual([])
  expect((await call(`/api/v1/silences/${id}`, { as: 'other', method: 'DELETE' })).status).toBe(404)
  expect((await call(`/api/v1/silences/${id}`, { method: 'DELETE' })).status).toBe(204)
  expect(await (await call('/api/v1/silences')).json()).toEqual([])
})

test('an alert is muted until somebody ends it', async () => {
  expect((await call('/api/v1/alerts/disk_full/mute', { method: 'POST', body: { reason: 'we know' } })).status).toBe(
    201,
  )
  expect((await alertOf('disk_full'))?.muted).toMatchObject({ reason: 'we know', until: null })
  expect((await call('/api/v1/alerts/disk_full/mute', { method: 'DELETE' })).status).toBe(204)
  expect((await alertOf('disk_full'))?.muted).toBeNull()
})

test('limits are overridden within the bounds of the file, and exported as a patch of it', async () => {
  const put = (name: string, body: unknown) => call(`/api/v1/alerts/${name}/override`, { method: 'PUT', body })
  expect((await put('error_rate_high', { above: 0.99 })).status).toBe(400)
  expect((await put('error_rate_high', { below: 0.1 })).status).toBe(400)
  expect((await put('severe_security_event', { above: 3 })).status).toBe(400)
  expect((await put('error_rate_high', { above: 0.4, reason: 'a quiet week' })).status).toBe(204)
  expect(await alertOf('error_rate_high')).toMatchObject({
    condition: 'Error rate above 40% in an hour',
    limits: { above: 0.25 },
    override: { settings: { above: 0.4 }, reason: 'a quiet week' },
  })
  expect((await alertOf('error_rate_high', 'other'))?.override).toBeNull()
  const patch = await (await call('/api/v1/alerts/error_rate_high/patch')).text()
  expect(patch).toContain('--- a/alerts/reliability.yml')
  expect(patch).toContain('-    when: { above: 0.25, for: 15m, keep_firing_for: 1h }')
  expect(patch).toContain('+    when: { above: 0.4, for: 15m, keep_firing_for: 1h }')
  expect(readFileSync(join(dir, 'alerts/reliability.yml'), 'utf8')).toContain('above: 0.25')
  expect((await call('/api/v1/alerts/error_rate_high/override', { method: 'DELETE' })).status).toBe(204)
  expect((await alertOf('error_rate_high'))?.override).toBeNull()
})

test('what is not there is told with the nearest name', async () => {
  const response = await call('/api/v1/alerts/error_rate_hihg/history')
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ detail: expect.stringContaining('error_rate_high') })
})
