import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRuntime, type RunningServer, type Runtime, startServer } from '../runtime/index.ts'
import { sampleProject } from './support/sample-project.ts'

const project = sampleProject()
let runtime: Runtime
let server: RunningServer
const keys: Record<string, string> = {}
const bugs: unknown[] = []

beforeAll(async () => {
  runtime = await createRuntime(project.dir)
  await runtime.build({})
  server = await startServer(runtime, {
    port: 0,
    host: '127.0.0.1',
    pagesDir: `${project.dir}/pages`,
    localToken: 'local-token',
    rateLimit: { perMinute: 60, burst: 40 },
    onBug: (error) => bugs.push(error),
  })
  const create = async (name: string, key: Parameters<typeof runtime.identity.createKey>[0]) => {
    keys[name] = (await runtime.identity.createKey(key, 'test')).key
  }
  await create('adminX', { org: 'x', role: 'admin', scopes: ['query', 'admin'] })
  await create('adminY', { org: 'y', role: 'admin', scopes: ['query'] })
  await create('mia', { org: 'x', role: 'manager', user: 'mia' })
  await create('viewer', { org: 'x', role: 'viewer' })
  await create('ingest', { org: 'x', role: 'admin', scopes: ['ingest'] })
  await create('cube', { org: 'x', role: 'admin' })
  await create('busy', { org: 'x', role: 'viewer' })
})
afterAll(async () => {
  await server.close()
  await runtime.close()
  project.remove()
})

type Init = Omit<RequestInit, 'body' | 'headers'> & { key?: string; body?: unknown; headers?: Record<string, string> }
const call = (path: string, { key, body, ...init }: Init = {}) =>
  fetch(`http://127.0.0.1:${server.port}${path}`, {
    redirect: 'manual',
    ...init,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${keys[key] ?? key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...init.headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body), method: init.method ?? 'POST' }),
  })
/** What answers have in them, as far as tests look at it. */
interface Body {
  readonly rows: readonly object[]
  readonly answers: readonly [Body & { answer: Body }, { problem: Body }, { answer: Body }]
  readonly diagnostics: readonly [{ code: string; message: string; hint: string }]
  readonly dimensions: readonly { name: string }[]
  readonly keys: readonly { org: string }[]
  readonly data: readonly object[]
  readonly paths: object
  readonly key: string
  readonly id: string
}
const read = async (response: Response) => (await response.json()) as Body
const ask = async (key: string, body: unknown) => read(await call('/api/v1/query', { key, body }))

test('everybody may ask whether the process lives', async () => {
  expect(await (await call('/health')).json()).toEqual({ status: 'ok' })
})

test.each(['/ready', '/metrics', '/api/v1/project', '/api/v1/openapi.json', '/api/v1/keys', '/cubejs-api/v1/meta'])(
  'nobody gets %s without a key',
  async (path) => {
    for (const key of [undefined, 'am_wrong', '']) {
      const response = await call(path, key === undefined ? {} : { key })
      expect(response.status).toBe(401)
      expect(response.headers.get('content-type')).toContain('application/problem+json')
      expect(await response.json()).toMatchObject({ status: 401, diagnostics: [{ code: 'AM5030' }] })
    }
  },
)

test('a page leads to the sign-in page and back', async () => {
  const response = await call('/usage?range=7d', { headers: { accept: 'text/html' } })
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toBe('/sign-in?next=%2Fusage%3Frange%3D7d')
})

test('ready means that the warehouse answered', async () => {
  expect(await (await call('/ready', { key: 'viewer' })).json()).toMatchObject({ status: 'ready' })
})

test('a query is answered within the tenant of the key', async () => {
  expect((await ask('adminX', { metrics: ['revenue'] })).rows).toEqual([{ revenue: 35 }])
  expect((await ask('adminY', { metrics: ['revenue'] })).rows).toEqual([{ revenue: 1000 }])
})

test('a key cannot ask as somebody else', async () => {
  const answer = await ask('adminX', { metrics: ['revenue'], as: { org: 'y', role: 'admin' } })
  expect(answer.rows).toEqual([{ revenue: 35 }])
})

test('attributes of a manager come from the warehouse, of the own tenant alone', async () => {
  expect((await ask('mia', { metrics: ['revenue'], by: ['team'] })).rows).toEqual([{ team: 'red', revenue: 10 }])
})

test('a hidden dimension is forbidden, not empty', async () => {
  const response = await call('/api/v1/query', { key: 'viewer', body: { metrics: ['revenue'], by: ['status'] } })
  expect(response.ok).toBe(false)
  expect((await read(response)).diagnostics[0].message).toContain('status')
})

test('the commands of this machine ask as anybody', async () => {
  const body = { metrics: ['revenue'], as: { org: 'y', role: 'admin' } }
  expect((await ask('local-token', body)).rows).toEqual([{ revenue: 1000 }])
  expect((await ask('local-token', { metrics: ['revenue'] })).diagnostics[0].code).toBe('AM6002')
})

test('many questions travel in one request, and one wrong question leaves the others alone', async () => {
  const queries = [{ metrics: ['revenue'] }, { metrics: ['revenu'] }, { metrics: ['order_count'] }]
  const { answers } = await ask('adminX', { queries })
  expect(answers[0].answer.rows).toEqual([{ revenue: 35 }])
  expect(answers[1].problem.diagnostics[0]).toMatchObject({ code: 'AM4001', hint: 'Did you mean `revenue`?' })
  expect(answers[2].answer.rows).toEqual([{ order_count: 3 }])
  const lines = await call('/api/v1/query', {
    key: 'adminX',
    body: { queries },
    headers: { accept: 'application/x-ndjson' },
  })
  const indexes = (await lines.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).index)
  expect(indexes.sort()).toEqual([0, 1, 2])
})

test('a mistyped key of the body is refused with a suggestion', async () => {
  const response = await call('/api/v1/query', { key: 'adminX', body: { metric: ['revenue'] } })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ diagnostics: [{ code: 'AM5033', hint: 'Did you mean `metrics`?' }] })
})

test('a body that is no JSON, or too large, is the fault of the client', async () => {
  const broken = await fetch(`http://127.0.0.1:${server.port}/api/v1/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys.adminX}`, 'content-type': 'application/json' },
    body: '{"metrics": [',
  })
  expect(broken.status).toBe(400)
  expect(await broken.json()).toMatchObject({ diagnostics: [{ code: 'AM5033' }] })
  const large = await call('/api/v1/query', { key: 'adminX', body: { where: 'x'.repeat(1_100_000) } })
  expect(large.status).toBe(413)
})

test('the project shows what the role may see', async () => {
  const names = async (key: string) => {
    const { dimensions } = await read(await call('/api/v1/project', { key }))
    return dimensions.map(({ name }) => name)
  }
  expect(await names('adminX')).toContain('orders.status')
  expect(await names('viewer')).not.toContain('orders.status')
  expect(await names('adminX')).not.toContain('orders.org_id')
})

test('scopes are kept apart', async () => {
  expect((await call('/api/v1/query', { key: 'ingest', body: { metrics: ['revenue'] } })).status).toBe(403)
  expect((await call('/api/v1/keys', { key: 'viewer' })).status).toBe(403)
  expect((await call('/api/v1/build', { key: 'adminY', body: {} })).status).toBe(403)
})

test('an admin makes keys for the own tenant alone, and revokes them', async () => {
  const created = await call('/api/v1/keys', { key: 'adminX', body: { role: 'viewer', name: 'BI' } })
  expect(created.status).toBe(201)
  const { key, id } = await read(created)
  expect((await ask(key, { metrics: ['revenue'] })).rows).toEqual([{ revenue: 35 }])
  expect((await call('/api/v1/keys', { key: 'adminX', body: { role: 'viewer', org: 'y' } })).status).toBe(403)
  const { keys: listed } = await read(await call('/api/v1/keys', { key: 'adminX' }))
  expect(listed.every(({ org }) => org === 'x')).toBe(true)
  expect((await call(`/api/v1/keys/${id}`, { key: 'adminX', method: 'DELETE' })).status).toBe(200)
  expect((await call('/api/v1/project', { key })).status).toBe(401)
})

test('validate and build work over HTTP, with progress in lines', async () => {
  expect(await (await call('/api/v1/validate', { key: 'adminX', method: 'POST' })).json()).toMatchObject({ ok: true })
  const response = await call('/api/v1/build', {
    key: 'adminX',
    body: { select: ['orders'] },
    headers: { accept: 'application/x-ndjson' },
  })
  const lines = (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.at(-1)).toMatchObject({ report: { ok: true } })
  expect(lines.length).toBeGreaterThan(1)
})

test('a session cookie is for pages of this site alone', async () => {
  const token = await runtime.identity.createSignInToken({ org: 'x', role: 'admin', user: null })
  const signedIn = await call(`/sign-in?token=${token}&next=//evil.example`)
  expect(signedIn.status).toBe(303)
  expect(signedIn.headers.get('location')).toBe('/')
  const cookie = signedIn.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/HttpOnly; SameSite=Lax/)
  const session = cookie.split(';')[0] ?? ''
  const body = { metrics: ['revenue'] }
  expect((await call('/api/v1/query', { body, headers: { cookie: session } })).status).toBe(200)
  expect(
    (await call('/api/v1/query', { body, headers: { cookie: session, origin: 'https://evil.example' } })).status,
  ).toBe(403)
  expect((await call(`/sign-in?token=${token}`)).status).toBe(401)
})

test('a pasted API key signs in, a wrong one does not', async () => {
  const post = (key: string) =>
    fetch(`http://127.0.0.1:${server.port}/sign-in?next=/usage`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ key }),
    })
  const good = await post(keys.viewer ?? '')
  expect([good.status, good.headers.get('location')]).toEqual([303, '/usage'])
  const bad = await post('am_wrong')
  expect(bad.status).toBe(401)
  expect(await bad.text()).toContain('role="alert"')
})

test('Cube’s clients are served with the raw key as their token', async () => {
  const response = await call('/cubejs-api/v1/load?query=%7B%22measures%22%3A%5B%22orders.revenue%22%5D%7D', {
    headers: { authorization: keys.adminY ?? '' },
  })
  expect(response.status).toBe(200)
  expect((await read(response)).data).toMatchObject([{ 'orders.revenue': expect.anything() }])
})

test('a caller who asks too much is told when to come back, and others are not held up', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, () => call('/ready', { key: 'busy' })))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThanOrEqual(15)
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await call('/ready', { key: 'mia' })).status).toBe(200)
})

test('the service’s own figures are in the format of Prometheus', async () => {
  const text = await (await call('/metrics', { key: 'mia' })).text()
  expect(text).toMatch(/^agent_metrics_http_requests_total\{method="GET",status="200"\} \d+$/m)
  expect(text).toMatch(/^agent_metrics_http_request_duration_seconds_count \d+$/m)
})

test('a webhook to a server that takes none says how it is set up, without asking for a key', async () => {
  const response = await fetch(`http://127.0.0.1:${server.port}/v1/webhooks/github`, { method: 'POST', body: '{}' })
  expect(response.status).toBe(404)
  const { detail } = (await response.json()) as { detail: string }
  expect(detail).toContain("ingest: { git: [{ provider: 'github'")
})

test('every figure that the code makes is described, and no other', async () => {
  const described = readFileSync(join(import.meta.dirname, '../docs/operations.md'), 'utf8').matchAll(/^\| `(\w+)/gm)
  const made = readdirSync(API)
    .filter((name) => name.endsWith('figures.ts'))
    .flatMap((name) => [...readFileSync(join(API, name), 'utf8').matchAll(FIGURE)].map(nameOf))
  expect([...new Set(made)].sort()).toEqual([...described].map(([, name]) => name).sort())
})

test('answers carry security headers', async () => {
  const { headers } = await call('/health')
  expect(headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('x-powered-by')).toBeNull()
})

test('the description of the API names every route of it', async () => {
  const { paths } = await read(await call('/api/v1/openapi.json', { key: 'mia' }))
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/v1/query', '/api/v1/project', '/api/v1/keys']))
})

test('nothing of all this was a bug', () => {
  expect(bugs).toEqual([])
})

test("a malformed query of Cube's clients is their mistake, whatever it is", async () => {
  const load = async (query: unknown, method: 'GET' | 'POST') => {
    const path = '/cubejs-api/v1/load'
    const asked = `?query=${encodeURIComponent(JSON.stringify(query))}`
    const response = await (method === 'GET'
      ? call(path + asked, { key: 'cube' })
      : call(path, { key: 'cube', body: { query } }))
    return [query, response.status, ((await response.json()) as { error?: string }).error === undefined]
  }
  const expression = JSON.stringify({ cube_name: 'orders', alias: 'x', expr: { type: 'SqlFunction', sql: '1' } })
  const malformed = [
    null,
    7,
    [null],
    { measures: 'orders.order_count' },
    { measures: [expression] },
    { dimensions: [expression] },
    { segments: [expression] },
    { measures: [{ expression: '1', cubeName: 'orders', name: 'x' }] },
    { filters: {}, measures: ['orders.order_count'] },
  ]
  for (const query of malformed) {
    expect(await load(query, 'GET')).toEqual([query, 400, false])
    expect(await load(query, 'POST')).toEqual([query, 400, false])
  }
  expect(bugs).toEqual([])
})

const API = join(import.meta.dirname, '../runtime/api')
const FIGURE = /(metric|metricLines|gauge|count)\(\s*'([a-z_]+)'|name = '(agent_metrics_[a-z_]+)'/g

function nameOf([, made = '', name = '', whole = '']: readonly string[]): string {
  if (whole !== '') return whole
  return made === 'metric' || made === 'metricLines' ? `agent_metrics_${name}` : name
}
