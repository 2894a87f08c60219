import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SampleServer, serveSample } from './support/serve-sample.ts'

let server: SampleServer

const ALERTS = `version: 1
channels: [{ name: inbox, type: in_app }]
alerts:
${[
  ...['budget', 'down', 'slow', 'note'].map((name) => [name, '']),
  ['by_team', 'by: [team], '],
  ['by_status', 'by: [status], '],
]
  .map(
    ([name, by]) =>
      `  - { name: ${name}, type: threshold, metric: revenue, grain: day, ${by}when: { above: 1000000 }, notify: [inbox] }`,
  )
  .join('\n')}
`

beforeAll(async () => {
  server = await serveSample(
    {
      mia: { org: 'x', role: 'manager', user: 'mia' },
      ben: { org: 'x', role: 'user', user: 'ben' },
      admin: { org: 'x', role: 'admin', scopes: ['query', 'admin'] },
      viewer: { org: 'x', role: 'viewer' },
      other: { org: 'y', role: 'admin', scopes: ['query', 'admin'] },
      ingest: { org: 'x', role: 'admin', scopes: ['ingest'] },
    },
    { 'alerts/shop.yml': ALERTS },
  )
})
afterAll(() => server.close())

interface View {
  readonly id: string
  readonly name: string
  readonly mine: boolean
  readonly search: string
}
const viewsOf = async (as: string) => (await server.ask<{ views: View[] }>('/api/v1/views', { as })).body.views
const names = async (as: string) => (await viewsOf(as)).map(({ name }) => name)

test('a view is seen by who saved it, and by the organisation once it is shared', async () => {
  await server.ask('/api/v1/views', { as: 'mia', body: { name: 'Mine', path: '/usage', search: '?range=7d' } })
  const shared = await server.ask<View>('/api/v1/views', {
    as: 'mia',
    body: { name: 'Ours', path: '/usage', shared: true },
  })
  expect(shared.status).toBe(201)
  expect(await names('mia')).toEqual(['Mine', 'Ours'])
  expect(await viewsOf('ben')).toMatchObject([{ name: 'Ours', mine: false, owner: 'mia', deletable: false }])
  expect(await names('other')).toEqual([])
})

test('a view of the same name on the same page is replaced', async () => {
  await server.ask('/api/v1/views', { as: 'ben', body: { name: 'Week', path: '/usage', search: '?range=7d' } })
  await server.ask('/api/v1/views', { as: 'ben', body: { name: 'Week', path: '/usage', search: '?range=today' } })
  expect((await viewsOf('ben')).filter(({ mine }) => mine)).toMatchObject([{ name: 'Week', search: '?range=today' }])
})

test('views are deleted by their owner, shared ones by admins too, and by nobody else', async () => {
  const [mine, ours] = await viewsOf('mia')
  const remove = async (view: View | undefined, as: string) =>
    (await server.call(`/api/v1/views/${view?.id}`, { as, method: 'DELETE' })).status
  expect(await remove(mine, 'ben')).toBe(404)
  expect(await remove(ours, 'ben')).toBe(403)
  expect(await remove(ours, 'other')).toBe(404)
  expect(await remove(ours, 'admin')).toBe(200)
  expect(await remove(mine, 'mia')).toBe(200)
  expect(await names('mia')).toEqual([])
})

test('a viewer shares nothing', async () => {
  const body = { name: 'Mine', path: '/', shared: true }
  expect((await server.ask('/api/v1/views', { as: 'viewer', body })).status).toBe(403)
})

test('a short link leads to the page with its filters, within the organisation alone', async () => {
  const body = { path: '/usage', search: '?range=7d&team=core' }
  const { body: link } = await server.ask<{ id: string; href: string }>('/api/v1/links', { as: 'mia', body })
  expect(link.href).toBe(`/l/${link.id}`)
  const followed = await server.call(link.href, { as: 'ben' })
  expect([followed.status, followed.headers.get('location')]).toEqual([302, '/usage?range=7d&team=core'])
  expect((await server.call(link.href, { as: 'other' })).status).toBe(404)
  const anonymous = await server.call(link.href, { headers: { accept: 'text/html' } })
  expect(anonymous.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(link.href)}`)
  expect((await server.ask('/api/v1/links', { as: 'ben', body })).body).toEqual(link)
})

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/a b', ''])(
  'the link does not lead to %s',
  async (path) => {
    for (const route of ['links', 'views']) {
      const { status } = await server.ask(`/api/v1/${route}`, { as: 'mia', body: { path, name: 'x' } })
      expect(status).toBe(400)
    }
  },
)

test('preferences change one by one and belong to one person', async () => {
  const put = (as: string, body: unknown) => server.ask('/api/v1/preferences', { as, body, method: 'PUT' })
  await put('mia', { theme: 'dark', favourites: ['/usage'] })
  const { body } = await put('mia', { default_page: '/costs', timezone: 'Europe/Berlin', locale: 'de' })
  expect(body).toMatchObject({ theme: 'dark', favourites: ['/usage'], default_page: '/costs', locale: 'de' })
  expect((await put('mia', { theme: null })).body).not.toHaveProperty('theme')
  expect((await server.ask('/api/v1/preferences', { as: 'ben' })).body).not.toHaveProperty('favourites')
})

test.each([
  { theme: 'pink' },
  { timezone: 'Mars/Olympus' },
  { locale: '??' },
  { default_page: '//evil.example' },
  { notifications: { severities: { critical: ['pigeon'] } } },
  { colour: 'red' },
])('a preference that makes no sense is refused: %j', async (body) => {
  expect((await server.ask('/api/v1/preferences', { as: 'mia', body, method: 'PUT' })).status).toBe(400)
})

test('somebody is told of the alerts that they want: what is said of one counts before its severity', async () => {
  await tell('budget', 'critical')
  await tell('down', 'critical')
  await tell('slow', 'info')
  await tell('note', 'info')
  await tell('mail', 'info', { kind: 'report' })
  expect(await titles('ben')).toEqual(['mail', 'note', 'slow', 'down', 'budget'])
  const notifications = { severities: { info: [] }, alerts: { budget: [], slow: ['in_app'] } }
  await server.ask('/api/v1/preferences', { as: 'ben', body: { notifications }, method: 'PUT' })
  expect(await titles('ben')).toEqual(['mail', 'slow', 'down'])
  expect(await titles('viewer')).toEqual(['mail', 'note', 'slow', 'down', 'budget'])
})

test('somebody is told of what they may see: no hidden dimension, no rows of others, no total of them', async () => {
  await server.runtime.store.db.deleteFrom('notifications').execute()
  await tell('down', 'critical')
  await tell('by_team', 'critical', { title: 'red', instances: [{ team: 'red' }] })
  await tell('by_team', 'critical', { title: 'blue', instances: [{ team: 'blue' }] })
  await tell('by_team', 'critical', { title: 'both', instances: [{ team: 'blue' }, { team: 'red' }] })
  await tell('by_status', 'critical', { instances: [{ status: 'open' }] })
  await tell('gone', 'critical')
  expect(await titles('mia')).toEqual(['red'])
  expect(await titles('viewer')).toEqual(['both', 'blue', 'red', 'down'])
  expect(await titles('admin')).toEqual(['gone', 'by_status', 'both', 'blue', 'red', 'down'])
  expect(await titles('other')).toEqual([])
  const unread = async (as: string) => (await server.call('/api/v1/notifications', { as })).headers.get('x-unread')
  expect([await unread('mia'), await unread('viewer'), await unread('admin')]).toEqual(['1', '4', '6'])
  await server.call('/api/v1/notifications/read', { as: 'mia', body: { all: true } })
  expect([await unread('mia'), await unread('viewer')]).toEqual(['0', '4'])
})

const titles = async (as: string) =>
  (await server.ask<readonly { title: string }[]>('/api/v1/notifications', { as })).body.map(({ title }) => title)

interface Telling {
  readonly kind?: string
  readonly title?: string
  readonly instances?: readonly object[]
}

async function tell(alert: string, severity: 'info' | 'critical', more: Telling = {}) {
  const { instances = [{}], kind = 'alert', title = alert } = more
  const row = {
    org: 'x',
    user_id: null,
    severity,
    kind,
    status: 'firing',
    title,
    text: '',
    fields: '[]',
    at: new Date(),
  }
  const about = { alert, instances: JSON.stringify(instances.map((labels) => JSON.stringify(labels))) }
  const place = { href: `/alerts?alert=${alert}`, channel: 'inbox', key: `${alert} ${title} ${kind}`, group_key: alert }
  await server.runtime.store.db
    .insertInto('notifications')
    .values({ ...row, ...about, ...place } as never)
    .execute()
}

test('feedback is read by admins of the organisation, without who gave it', async () => {
  const body = { page: '/usage', widget: 'w1', rating: 'down', comment: ' slow ' }
  expect((await server.ask('/api/v1/feedback', { as: 'viewer', body })).status).toBe(201)
  const { body: read } = await server.ask<{ feedback: object[] }>('/api/v1/feedback', { as: 'admin' })
  expect(read.feedback).toMatchObject([{ page: '/usage', widget: 'w1', rating: 'down', comment: 'slow' }])
  expect(JSON.stringify(read)).not.toContain('owner')
  expect((await server.ask('/api/v1/feedback', { as: 'mia' })).status).toBe(403)
  expect((await server.ask('/api/v1/feedback', { as: 'other' })).body).toEqual({ feedback: [] })
})

test('a key that may only send events has none of this', async () => {
  for (const path of ['views', 'preferences', 'feedback']) {
    expect((await server.call(`/api/v1/${path}`, { as: 'ingest' })).status).toBe(403)
  }
})

test('nothing of all this was a bug', () => {
  expect(server.bugs).toEqual([])
})
