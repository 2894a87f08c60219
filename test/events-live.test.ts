import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRuntime, type RunningServer, type Runtime, startServer } from '../runtime/index.ts'
import { writeServerFile } from '../runtime/local-server/index.ts'

const dir = mkdtempSync(join(tmpdir(), 'metrics-events-'))
const bugs: unknown[] = []
let runtime: Runtime
let server: RunningServer
let following: ReturnType<Runtime['follow']>
const keys = { acme: '', globex: '', reader: '' }

beforeAll(async () => {
  for (const part of ['metrics', 'models', 'metrics.config.ts']) cpSync(part, join(dir, part), { recursive: true })
  runtime = await createRuntime(dir)
  await runtime.seedDemo({ days: 2 })
  await runtime.build({})
  server = await startServer(runtime, {
    port: 0,
    host: '127.0.0.1',
    pagesDir: dir,
    localToken: 'local-token',
    onBug: (error) => bugs.push(error),
  })
  following = runtime.follow((error) => bugs.push(error))
  const create = async (org: string, scopes: readonly ('ingest' | 'query')[]) =>
    (await runtime.identity.createKey({ org, role: 'admin', scopes }, 'test')).key
  keys.acme = await create('acme', ['ingest', 'query'])
  keys.globex = await create('globex', ['ingest', 'query'])
  keys.reader = await create('acme', ['query'])
})
afterAll(async () => {
  await server.close()
  await following.stop()
  await runtime.close()
  rmSync(dir, { recursive: true })
})

const event = (id: string) => ({
  specversion: '1.0',
  id,
  source: '/test',
  type: 'agent.session.started',
  time: new Date().toISOString(),
  subject: id,
  data: { session_id: id, user_id: 'u-003', agent: 'claude-code' },
})
const send = (key: string, body: unknown) =>
  fetch(`http://127.0.0.1:${server.port}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(body),
  })
const sessionsOf = async (org: string, id: string) => {
  const context = await runtime.contextOf({ org, role: 'admin', user: null })
  const { rows } = await runtime.semantic.query(
    { metrics: ['total_sessions'], where: `{session_id} = '${id}'` },
    context,
  )
  return rows[0]?.total_sessions
}

test('an event that was accepted is in the answers of its tenant a few seconds later, and in nobody else’s', async () => {
  const answer = await send(keys.acme, [event('live-1')])
  expect(await answer.json()).toMatchObject({ accepted: 1, rejected: 0 })
  await expect.poll(() => sessionsOf('acme', 'live-1'), { timeout: 15_000, interval: 200 }).toBe(1)
  expect(await sessionsOf('globex', 'live-1')).toBe(0)
})

test('the same event twice is a duplicate, also from a file, and another tenant may use its id', async () => {
  const twice = event('live-2')
  await send(keys.acme, [twice])
  expect(await (await send(keys.acme, [twice])).json()).toMatchObject({ accepted: 0, duplicates: 1 })
  expect(await (await send(keys.globex, [twice])).json()).toMatchObject({ accepted: 1 })
})

test('a key without the scope ingest sends nothing, and nobody sends without a key', async () => {
  expect((await send(keys.reader, [event('live-3')])).status).toBe(403)
  expect((await send('am_wrong', [event('live-3')])).status).toBe(401)
})

test('telemetry of an agent comes in by OTLP with the same key', async () => {
  const answer = await fetch(`http://127.0.0.1:${server.port}/v1/logs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys.acme}`, 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs: [] }),
  })
  expect([answer.status, await answer.json()]).toEqual([200, {}])
})

test('figures for Prometheus tell what became of events, by their way in', async () => {
  await send(keys.acme, [event('counted'), { ...event('counted'), data: { session_id: 'other', agent: 'x' } }])
  const headers = { authorization: `Bearer ${keys.reader}` }
  const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`, { headers })).text()
  const value = (name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    )
  expect(value('agent_metrics_ingest_events_total{way="http",result="accepted"}')).toBeGreaterThan(0)
  expect(value('agent_metrics_ingest_events_total{way="http",result="quarantined"}')).toBe(1)
  expect(value('agent_metrics_ingest_commit_duration_seconds_count')).toBeGreaterThan(0)
  expect(value('agent_metrics_ingest_queued_events')).toBe(0)
  expect(value('agent_metrics_ingest_dead_letters')).toBeGreaterThan(0)
  expect(value('agent_metrics_ingest_newest_event_age_seconds')).toBeLessThan(600)
  expect(value('agent_metrics_builds_total{result="ok"}')).toBeGreaterThan(0)
  expect(value('agent_metrics_build_duration_seconds_sum')).toBeGreaterThan(0)
  expect(Date.now() / 1000 - value('agent_metrics_model_built_timestamp_seconds{model="fct_sessions"}')).toBeLessThan(
    600,
  )
  expect(value('agent_metrics_model_failed{model="fct_sessions"}')).toBe(0)
  expect(text).not.toContain('kafka')
})

test('nothing of it was a bug', () => {
  expect(bugs).toEqual([])
})

test('the command takes files, lists what it refused and says how to call it', () => {
  const alone = mkdtempSync(join(tmpdir(), 'metrics-files-'))
  const config = "export default { name: 'files', warehouse: { type: 'duckdb', path: 'w.duckdb' }, tenancy: false }"
  writeFileSync(join(alone, 'metrics.config.ts'), config)
  const same = JSON.stringify(event('a'))
  writeFileSync(join(alone, 'events.ndjson'), `${same}\n{"id":1}\n${same}\n`)
  const run = (...args: string[]) => {
    const { status, stdout } = spawnSync('node', [
      'cli/metrics.js',
      'ingest',
      ...args,
      '--project',
      alone,
      '--format',
      'json',
    ])
    return { status, answer: JSON.parse(stdout.toString()) }
  }
  const { status, answer } = run(join(alone, 'events.ndjson'))
  expect(status).toBe(1)
  expect(answer.files).toMatchObject([{ accepted: 1, duplicates: 1, rejected: 1, rejections: [{ line: 2 }] }])
  expect(run('--dead-letters').answer.dead_letters).toMatchObject([{ org: 'files', payload: '{"id":1}' }])
  expect(run('--replay').answer).toMatchObject({ accepted: 0, rejected: 1 })
  expect(run()).toMatchObject({ status: 2, answer: { diagnostics: [{ code: 'AM6006' }] } })
  rmSync(alone, { recursive: true })
})

test('managers and administrators see who sends events to their organisation, nobody else does', async () => {
  await send(keys.globex, [event('seen-source'), { ...event('refused'), type: 'no.such.type' }])
  const managers = (await runtime.identity.createKey({ org: 'globex', role: 'manager', scopes: ['query'] }, 'test')).key
  const viewers = (await runtime.identity.createKey({ org: 'globex', role: 'viewer', scopes: ['query'] }, 'test')).key
  const ask = async (key: string, path = '') => {
    const headers = { authorization: `Bearer ${key}` }
    const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/sources${path}`, { headers })
    const body = (await response.json()) as { readonly sources: readonly { source: string; kind: string }[] }
    return { status: response.status, body }
  }
  const { sources } = (await ask(managers)).body
  const found = sources.find(({ source }) => source === '/test')
  expect(found).toMatchObject({ kind: 'events', status: 'fresh', rejected: 1 })
  expect(sources.map(({ kind }) => kind)).toContain('demo')
  expect((await ask(viewers)).status).toBe(403)
  expect((await ask(managers, '?org=acme')).body.sources).toEqual(sources)
  expect((await ask('local-token', '?org=nobody')).body).toEqual({ sources: [] })
})

test('while a server holds the warehouse, the command sends there', { timeout: 180_000 }, async () => {
  writeServerFile(dir, { url: `http://127.0.0.1:${server.port}`, token: 'local-token' })
  const run = async (...args: string[]) => {
    const child = spawn('node', ['cli/metrics.js', 'ingest', ...args, '--project', dir, '--format', 'json'])
    const chunks: string[] = []
    child.stdout.on('data', (chunk) => chunks.push(String(chunk)))
    const [status] = await once(child, 'exit')
    return { status, answer: JSON.parse(chunks.join('')) }
  }
  writeFileSync(join(dir, 'more.ndjson'), `${JSON.stringify(event('file-1'))}\n{"id":1}\n`)
  const taken = await run(join(dir, 'more.ndjson'), '--org', 'file-org')
  expect([taken.status, taken.answer.files]).toMatchObject([1, [{ accepted: 1, rejected: 1, format: 'cloudevents' }]])
  const letters = (await run('--dead-letters', '--org', 'file-org')).answer.dead_letters
  expect(letters).toMatchObject([{ org: 'file-org', payload: '{"id":1}', origin: `${join(dir, 'more.ndjson')}:2` }])
  expect((await run('--replay', '--org', 'file-org')).answer).toMatchObject({ accepted: 0, rejected: 1 })
  expect((await run('--status', '--org', 'file-org')).answer.sources).toMatchObject([
    { source: 'unreadable', status: 'silent' },
    { source: '/test', status: 'fresh', events: 1 },
  ])
  const missing = await run(join(dir, 'none.ndjson'))
  expect([missing.status, missing.answer.diagnostics[0].code]).toEqual([1, 'AM7030'])
  const path = `http://127.0.0.1:${server.port}/api/v1/ingest`
  const headers = { authorization: `Bearer ${keys.acme}`, 'content-type': 'application/json' }
  const foreign = await fetch(path, { method: 'POST', headers, body: JSON.stringify({ files: ['/etc/passwd'] }) })
  expect(foreign.status).toBe(403)
})
