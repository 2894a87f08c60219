import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rememberAttributes } from '../../runtime/identity/index.ts'
import { type SampleServer, serveSample } from '../support/serve-sample.ts'

const REVENUE = { metrics: ['revenue'], by: ['team'], order: ['team'] }
const KEYS = {
  admin: { org: 'x', role: 'admin' },
  other: { org: 'x', role: 'admin', user: 'zoe' },
  abroad: { org: 'y', role: 'admin' },
  manager: { org: 'x', role: 'manager', user: 'mia' },
  stranger: { org: 'x', role: 'manager', user: 'nobody' },
  viewer: { org: 'x', role: 'viewer' },
} as const
type Who = keyof typeof KEYS

let server: SampleServer
beforeAll(async () => {
  server = await serveSample(KEYS as never)
})
afterAll(() => server?.close())

interface Answer {
  readonly rows: readonly Record<string, unknown>[]
  readonly cached: boolean
}
const ask = async (as: Who, body: unknown = REVENUE) => (await server.ask<Answer>('/api/v1/query', { as, body })).body
const rows = async (as: Who) => (await ask(as)).rows
const address = (query: unknown) => `/api/v1/query?q=${encodeURIComponent(JSON.stringify(query))}`

const SEEN: Readonly<Record<Exclude<Who, 'viewer'>, readonly unknown[]>> = {
  admin: [
    { team: 'blue', revenue: 25 },
    { team: 'red', revenue: 10 },
  ],
  other: [
    { team: 'blue', revenue: 25 },
    { team: 'red', revenue: 10 },
  ],
  abroad: [{ team: 'red', revenue: 1000 }],
  manager: [{ team: 'red', revenue: 10 }],
  stranger: [],
}
const everybody = Object.keys(SEEN) as (keyof typeof SEEN)[]

test('with warm caches each sees what is theirs, in every order of asking and in every form', async () => {
  for (const order of [everybody, [...everybody].reverse(), everybody]) {
    for (const as of order) {
      expect([as, await rows(as)]).toEqual([as, SEEN[as]])
      const many = await server.ask<{ answers: { answer: Answer }[] }>('/api/v1/query', {
        as,
        body: { queries: [REVENUE] },
      })
      expect([as, many.body.answers[0]?.answer.rows]).toEqual([as, SEEN[as]])
      const found = await server.ask<Answer>(address(REVENUE), { as })
      expect([as, found.body.rows]).toEqual([as, SEEN[as]])
    }
  }
})

test('callers with the same rights share an answer, whoever they are; others do not', async () => {
  const query = { ...REVENUE, where: "{team} <> 'shared'" }
  expect((await ask('admin', query)).cached).toBe(false)
  expect((await ask('other', query)).cached).toBe(true)
  expect((await ask('abroad', query)).cached).toBe(false)
  expect((await ask('manager', query)).cached).toBe(false)
  expect((await ask('stranger', query)).cached).toBe(false)
  expect((await ask('manager', query)).cached).toBe(true)
})

test('what is hidden from a role stays hidden though others have the answer', async () => {
  const byStatus = { metrics: ['order_count'], by: ['status'] }
  expect((await ask('admin', byStatus)).rows).toHaveLength(2)
  for (const call of [
    { body: byStatus },
    { body: { queries: [byStatus], known: [null] } },
    { headers: { 'if-none-match': '*' } },
  ]) {
    const path = 'body' in call ? '/api/v1/query' : address(byStatus)
    const text = await (await server.call(path, { as: 'viewer', ...call })).text()
    expect(text).toContain('AM4007')
    expect(text).not.toContain('paid')
  }
})

test('the tag of an answer of another tenant proves nothing', async () => {
  const etag = (await server.call(address(REVENUE), { as: 'admin' })).headers.get('etag') ?? ''
  const same = await server.call(address(REVENUE), { as: 'other', headers: { 'if-none-match': etag } })
  expect([same.status, await same.text()]).toEqual([304, ''])
  const abroad = await server.call(address(REVENUE), { as: 'abroad', headers: { 'if-none-match': etag } })
  expect([abroad.status, ((await abroad.json()) as Answer).rows]).toEqual([200, SEEN.abroad])
  const known = { queries: [REVENUE], known: [etag.replaceAll('"', '')] }
  const line = (as: Who) => server.ask<{ answers: object[] }>('/api/v1/query', { as, body: known })
  expect((await line('other')).body.answers).toEqual([{ index: 0, etag: known.known[0], unchanged: true }])
  expect((await line('abroad')).body.answers).toMatchObject([{ answer: { rows: SEEN.abroad } }])
})

test('compressed answers are those of the caller, too', async () => {
  const queries = Array.from({ length: 20 }, (_, at) => ({ ...REVENUE, where: `{team} <> 'nothing ${at}'` }))
  for (const as of [...everybody, ...everybody]) {
    const response = await server.call('/api/v1/query', {
      as,
      body: { queries },
      headers: { accept: 'application/x-ndjson', 'accept-encoding': 'br' },
    })
    const lines = (await response.text()).trim().split('\n')
    expect(lines).toHaveLength(20)
    for (const line of lines) expect((JSON.parse(line) as { answer: Answer }).answer.rows).toEqual(SEEN[as])
  }
})

test('the project is described to each caller by role, with their own name on it', async () => {
  const told = async (as: Who, etag = '') => {
    const response = await server.call('/api/v1/project', { as, headers: { 'if-none-match': etag } })
    return { status: response.status, text: await response.text(), etag: response.headers.get('etag') ?? '' }
  }
  const admin = await told('admin')
  expect(admin.text).toContain('"name":"orders.status"')
  expect((await told('viewer', admin.etag)).text).not.toContain('"name":"orders.status"')
  expect(JSON.parse((await told('abroad', admin.etag)).text)).toMatchObject({ caller: { org: 'y', role: 'admin' } })
  expect(JSON.parse((await told('other', admin.etag)).text)).toMatchObject({ caller: { user: 'zoe' } })
  expect(await told('admin', admin.etag)).toMatchObject({ status: 304, text: '' })
})

test('changed data and changed attributes are seen at once', async () => {
  await rows('manager')
  const { warehouse } = server.runtime
  await warehouse.transaction(async (tx) => {
    await tx.query("UPDATE orders SET amount = 11 WHERE order_id = '1' AND org_id = 'x'")
    await tx.touch('orders')
  })
  expect(await rows('admin')).toEqual([
    { team: 'blue', revenue: 25 },
    { team: 'red', revenue: 11 },
  ])
  expect(await rows('manager')).toEqual([{ team: 'red', revenue: 11 }])
  await warehouse.query("UPDATE files.people SET team = 'blue' WHERE user_id = 'mia' AND team = 'red'")
  expect(await rows('manager')).toEqual([{ team: 'blue', revenue: 25 }])
})

test('texts that are worth it are compressed, and are the same', async () => {
  const plain = await (
    await server.call('/api/v1/project', { as: 'admin', headers: { 'accept-encoding': 'identity' } })
  ).text()
  const { port } = new URL(server.url)
  const { request } = await import('node:http')
  const key = (await server.runtime.identity.createKey({ org: 'x', role: 'admin' } as never, 'test')).key
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'accept-encoding': 'br' }
    request({ port, path: '/api/v1/project', headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)))
    })
      .on('error', reject)
      .end()
  })
  expect(bytes.length).toBeLessThan(plain.length / 2)
  expect(JSON.parse(brotliDecompressSync(bytes).toString())).toMatchObject({ name: 'sample' })
})

test('people are looked up once for every version of the data, and again after a failure', async () => {
  let [version, lookUps, broken]: [number | null, number, boolean] = [1, 0, false]
  const attributesOf = rememberAttributes(
    async ({ org, user }) => {
      lookUps += 1
      if (broken) throw new Error('out of order')
      return { who: `${org} ${user}` }
    },
    async () => version,
  )
  const mia = { org: 'x', user: 'mia' }
  expect([await attributesOf(mia), await attributesOf(mia), lookUps]).toEqual([{ who: 'x mia' }, { who: 'x mia' }, 1])
  expect([await attributesOf({ org: 'y', user: 'mia' }), lookUps]).toEqual([{ who: 'y mia' }, 2])
  version = 2
  broken = true
  await expect(attributesOf(mia)).rejects.toThrow('out of order')
  broken = false
  expect([await attributesOf(mia), lookUps]).toEqual([{ who: 'x mia' }, 4])
  version = null
  await attributesOf(mia)
  await attributesOf(mia)
  expect(lookUps).toBe(6)
})
