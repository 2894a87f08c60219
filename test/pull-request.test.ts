import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openPullRequest, type Proposed } from '../runtime/pull-request/index.ts'
import { SAMPLE } from './support/sample-project.ts'
import { type SampleServer, serveSample } from './support/serve-sample.ts'

const AT = '/api/v1/personal-dashboards'
const TOKEN = 'ghp_secret'
const PAGE = SAMPLE['dashboards/shop.yml']?.trimStart() ?? ''

interface Call {
  readonly call: string
  readonly headers: IncomingMessage['headers']
  readonly body: Readonly<Record<string, unknown>>
}

/** The API of a host, as both have it where they are asked for the same. */
const host = {
  calls: [] as Call[],
  /** The file on the branch that changes go to. */
  file: null as string | null,
  refusal: null as { readonly status: number; readonly message: string } | null,
  redirect: false,
}
let http: Server
let server: SampleServer
let api: string

beforeAll(async () => {
  http = createServer((request, response) => {
    let text = ''
    request.on('data', (part) => {
      text += part
    })
    request.on('end', () => {
      const call = `${request.method} ${request.url}`
      host.calls.push({ call, headers: request.headers, body: JSON.parse(text || '{}') as Call['body'] })
      if (host.redirect) return response.writeHead(302, { location: 'http://127.0.0.1:1/steal' }).end()
      if (host.refusal !== null) return response.writeHead(host.refusal.status).end(JSON.stringify(host.refusal))
      const asksFile = request.method === 'GET' && /contents|files/.test(request.url ?? '')
      if (asksFile && host.file === null) return response.writeHead(404).end('{}')
      const content = Buffer.from(host.file ?? '').toString('base64')
      const opened = { html_url: 'https://host/7', web_url: 'https://host/7', number: 7, iid: 7 }
      return response.end(JSON.stringify({ object: { sha: 'abc' }, sha: 'def', content, ...opened }))
    })
  }).listen(0, '127.0.0.1')
  await new Promise((done) => http.once('listening', done))
  api = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const config = `${SAMPLE['metrics.config.yml']}
pull_requests: { provider: github, repository: o/r, token: ${TOKEN}, path: app, api: "${api}" }
`
  server = await serveSample(
    { mia: { org: 'x', role: 'manager', user: 'mia' }, ben: { org: 'x', role: 'viewer', user: 'ben' } },
    { 'metrics.config.yml': config },
  )
})
afterEach(() => {
  Object.assign(host, { calls: [], file: null, refusal: null, redirect: false })
})
afterAll(async () => {
  await server.close()
  http.close()
})

/** A copy of the page of the shop with one more widget. */
async function changedCopy(as: string): Promise<string> {
  interface Made {
    readonly id: string
    readonly definition: { readonly rows: readonly { readonly widgets: readonly object[] }[] }
  }
  const { body } = await server.ask<Made>(AT, { as, body: { from: 'shop' } })
  const rows = body.definition.rows.map(({ widgets }) => ({
    widgets: [...widgets, { type: 'kpi', metric: 'order_count' }],
  }))
  const definition = { ...body.definition, rows }
  await server.ask(`${AT}/${body.id}`, { as, method: 'PUT', body: { definition } })
  return body.id
}
const propose = (id: string, as = 'mia') =>
  server.ask<{ url: string; detail: string; diagnostics: { code: string }[] }>(`${AT}/${id}/pull-request`, {
    as,
    body: { title: 'Count orders' },
  })
const ADDED = '          - { type: kpi, metric: order_count }\n'
const textOf = (call: Call | undefined) => Buffer.from(String(call?.body.content), 'base64').toString('utf8')

test('a change in the browser ends in a branch with one commit and a pull request', async () => {
  host.file = PAGE
  const { status, body } = await propose(await changedCopy('mia'))
  expect([status, body.url]).toEqual([201, 'https://host/7'])
  expect(host.calls.map(({ call }) => call)).toEqual([
    'GET /repos/o/r/git/ref/heads/main',
    'GET /repos/o/r/contents/app/dashboards/shop.yml?ref=main',
    'POST /repos/o/r/git/refs',
    'PUT /repos/o/r/contents/app/dashboards/shop.yml',
    'POST /repos/o/r/pulls',
  ])
  expect(new Set(host.calls.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${TOKEN}`]))
  expect(textOf(host.calls[3])).toBe(`${PAGE}${ADDED}`)
  expect(host.calls[4]?.body).toMatchObject({ title: 'Count orders', base: 'main' })
})

test('what others changed in the repository meanwhile stays', async () => {
  host.file = `# Reviewed in May.\n${PAGE}`
  expect((await propose(await changedCopy('mia'))).status).toBe(201)
  expect(textOf(host.calls[3])).toBe(`# Reviewed in May.\n${PAGE}${ADDED}`)
})

test('a change that does not fit the repository any more is not proposed', async () => {
  host.file = 'version: 1\ndashboards: []\n'
  expect(await propose(await changedCopy('mia'))).toMatchObject({
    status: 409,
    body: { diagnostics: [{ code: 'AM5054' }] },
  })
  expect(host.calls.every(({ call }) => call.startsWith('GET '))).toBe(true)
})

test('a refusal is told with what to do about it, without the token', async () => {
  host.refusal = { status: 401, message: 'Bad credentials' }
  const { status, body } = await propose(await changedCopy('mia'))
  expect([status, body.diagnostics[0]?.code]).toEqual([502, 'AM5052'])
  expect(body.detail).toMatch(/Bad credentials.*pull_requests.token/)
  expect(JSON.stringify(body)).not.toContain(TOKEN)
})

test('the token is carried nowhere else', async () => {
  host.redirect = true
  expect(await propose(await changedCopy('mia'))).toMatchObject({
    status: 502,
    body: { diagnostics: [{ code: 'AM5052' }] },
  })
})

test('a viewer proposes nothing', async () => {
  expect((await propose(await changedCopy('ben'), 'ben')).status).toBe(403)
  expect(host.calls).toEqual([])
})

test('on GitLab it is one commit that makes the branch, and a merge request', async () => {
  const settings = { provider: 'gitlab', repository: 'group/sub/r', token: 't', base: 'main', path: '', api } as const
  const proposed: Proposed = {
    ...{ file: 'dashboards/a.yml', before: null, content: 'version: 1\n', patch: '' },
    ...{ branch: 'dashboards/a-1', title: 'A', body: 'B' },
  }
  const opened = { url: 'https://host/7', number: 7, branch: 'dashboards/a-1' }
  expect(await openPullRequest(settings, proposed)).toEqual(opened)
  const project = '/projects/group%2Fsub%2Fr'
  expect(host.calls.map(({ call }) => call)).toEqual([
    `GET ${project}/repository/files/dashboards%2Fa.yml?ref=main`,
    `POST ${project}/repository/commits`,
    `POST ${project}/merge_requests`,
  ])
  expect(host.calls.map(({ headers }) => headers['private-token'])).toEqual(['t', 't', 't'])
  const action = { action: 'create', file_path: 'dashboards/a.yml', content: 'version: 1\n' }
  expect(host.calls[1]?.body).toMatchObject({ branch: 'dashboards/a-1', start_branch: 'main', actions: [action] })
  host.file = 'version: 1 # theirs\n'
  await expect(openPullRequest(settings, proposed)).rejects.toThrow(/has a file dashboards\/a.yml already/)
})
