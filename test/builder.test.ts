import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { applyPatch } from 'diff'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPullRequest } from '../runtime/pull-request/index.ts'
import { type SampleServer, serveSample } from './support/serve-sample.ts'

let server: SampleServer
const AT = '/api/v1/personal-dashboards'

beforeAll(async () => {
  server = await serveSample({
    mia: { org: 'x', role: 'manager', user: 'mia' },
    ben: { org: 'x', role: 'viewer', user: 'ben' },
    other: { org: 'y', role: 'admin', user: 'eve' },
  })
})
afterAll(() => server.close())

interface Made {
  readonly id: string
  readonly definition: { readonly rows: { readonly widgets: readonly object[] }[] }
  readonly dashboard: {
    readonly path: string
    readonly rows: { readonly widgets: readonly { readonly query: object }[] }[]
  }
}
const mine = (metric: string, more: object = {}) => ({
  name: 'mine',
  title: 'Mine',
  rows: [{ widgets: [{ type: 'kpi', metric, width: 4, ...more }] }],
})

test('a personal dashboard is compiled like a file, and seen by nobody else until it is shared', async () => {
  const { status, body } = await server.ask<Made>(AT, { as: 'mia', body: { definition: mine('revenue') } })
  expect(status).toBe(201)
  expect(body.dashboard.path).toBe(`/my/${body.id}`)
  expect(body.dashboard.rows[0]?.widgets[0]?.query).toMatchObject({ metrics: ['revenue'] })
  const statusFor = async (as: string) => (await server.call(`${AT}/${body.id}`, { as })).status
  expect([await statusFor('ben'), await statusFor('other')]).toEqual([404, 404])
  await server.ask(`${AT}/${body.id}`, {
    as: 'mia',
    method: 'PUT',
    body: { definition: mine('revenue'), shared: true },
  })
  expect([await statusFor('ben'), await statusFor('other')]).toEqual([200, 404])
  const remove = async (as: string) => (await server.call(`${AT}/${body.id}`, { as, method: 'DELETE' })).status
  expect([await remove('ben'), await remove('mia')]).toEqual([403, 200])
})

test('a wrong metric gives the diagnostics of a file', async () => {
  const { status, body } = await server.ask<{ diagnostics: { hint: string }[] }>(AT, {
    as: 'mia',
    body: { definition: mine('revenu') },
  })
  expect(status).toBe(400)
  expect(body.diagnostics[0]?.hint).toContain('revenue')
})

test('a viewer builds from what the role sees, and from nothing else', async () => {
  const hidden = { ...mine('revenue'), rows: [{ widgets: [{ type: 'donut', metric: 'order_count', by: 'status' }] }] }
  expect(await server.ask(AT, { as: 'ben', body: { definition: hidden } })).toMatchObject({
    status: 403,
    body: { diagnostics: [{ code: 'AM5050' }] },
  })
  expect((await server.call(AT, { as: 'ben', body: { definition: mine('revenue') } })).status).toBe(201)
  expect((await server.call(AT, { as: 'ben', body: { definition: mine('revenue'), shared: true } })).status).toBe(403)
})

test('a copy of a dashboard ends in a patch of the file it came from', async () => {
  const { body } = await server.ask<Made>(AT, { as: 'mia', body: { from: 'shop' } })
  const rows = body.definition.rows.map(({ widgets, ...row }, index) => ({
    ...row,
    widgets: index === 0 ? [...widgets, { type: 'kpi', metric: 'order_count', width: 3 }] : widgets,
  }))
  await server.ask(`${AT}/${body.id}`, { as: 'mia', method: 'PUT', body: { definition: { ...body.definition, rows } } })
  const exported = await server.ask<{ patch: string; content: string }>(`${AT}/${body.id}/export`, { as: 'mia' })
  expect(exported.body.patch).toContain('+          - { type: kpi, metric: order_count, width: 3 }')
  expect(exported.body.patch).not.toContain('-          - { type: kpi, metric: revenue')
  const unchanged = exported.body.content
  expect(applyPatch(unchanged, exported.body.patch)).toBe(false)
})

test('pull requests go to the API that is configured, with the token, and say what was refused', async () => {
  const calls: { call: string; auth: string | undefined; body: string }[] = []
  let refused = false
  const host: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      calls.push({ call: `${request.method} ${request.url}`, auth: request.headers.authorization, body })
      const isFile = request.method === 'GET' && request.url?.includes('/contents/')
      response.statusCode = refused ? 401 : isFile ? 404 : 200
      const answer = refused
        ? { message: 'Bad credentials' }
        : { object: { sha: 'abc' }, html_url: 'https://h/pull/7', number: 7 }
      response.end(JSON.stringify(answer))
    })
  }).listen(0, '127.0.0.1')
  await new Promise((done) => host.once('listening', done))
  const api = `http://127.0.0.1:${(host.address() as AddressInfo).port}`
  const settings = { provider: 'github', repository: 'o/r', token: 't', base: 'main', path: 'app', api } as const
  const proposed = {
    file: 'dashboards/a.yml',
    content: 'version: 1\n',
    branch: 'dashboards/a-1',
    title: 'A',
    body: 'B',
  }
  expect(await openPullRequest(settings, proposed)).toEqual({
    url: 'https://h/pull/7',
    number: 7,
    branch: 'dashboards/a-1',
  })
  expect(calls.map(({ call }) => call)).toEqual([
    'GET /repos/o/r/git/ref/heads/main',
    'GET /repos/o/r/contents/app/dashboards/a.yml?ref=main',
    'POST /repos/o/r/git/refs',
    'PUT /repos/o/r/contents/app/dashboards/a.yml',
    'POST /repos/o/r/pulls',
  ])
  expect(new Set(calls.map(({ auth }) => auth))).toEqual(new Set(['Bearer t']))
  expect(JSON.parse(calls[3]?.body ?? '')).toMatchObject({ content: Buffer.from('version: 1\n').toString('base64') })
  refused = true
  await expect(openPullRequest(settings, proposed)).rejects.toThrow(/401.*Bad credentials/)
  host.close()
})
