import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword, needsRehash, passwordProblem, totpCode, verifyPassword } from '../runtime/identity/index.ts'
import { type SampleServer, serveSample } from './support/serve-sample.ts'

const CHEAP = { ln: 10, r: 8, p: 1 }
const PASSWORD = 'correct horse battery'
let server: SampleServer

beforeAll(async () => {
  server = await serveSample(
    {},
    { 'data/people.csv': PEOPLE, 'metrics.config.yml': CONFIG, 'models/people.sql': MODEL },
  )
})
afterAll(() => server.close())

describe('passwords', () => {
  test('a hash says how it was made, and fits its password alone', async () => {
    const hash = await hashPassword(PASSWORD, CHEAP)
    expect(hash).toMatch(/^\$scrypt\$ln=10,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/)
    expect(await hashPassword(PASSWORD, CHEAP)).not.toBe(hash)
    expect(await verifyPassword(PASSWORD, hash)).toBe(true)
    expect(await verifyPassword(`${PASSWORD} `, hash)).toBe(false)
    expect(await verifyPassword(PASSWORD, null, CHEAP)).toBe(false)
    expect(await verifyPassword('', '$scrypt$broken', CHEAP)).toBe(false)
  })

  test('a hash from cheaper times is to be made anew', async () => {
    const hash = await hashPassword(PASSWORD, CHEAP)
    expect([needsRehash(hash, CHEAP), needsRehash(hash)]).toEqual([false, true])
  })

  test('the same letters in another form of Unicode are the same password', async () => {
    expect(await verifyPassword('zoe\u0308 and friends', await hashPassword('zoë and friends', CHEAP))).toBe(true)
  })

  test.each([
    ['short', 'nine char'],
    ['common', 'Password123'],
    ['of one letter', 'aaaaaaaaaaaa'],
    ['the own address', 'my-mia.meier-x'],
    ['endless', 'x1y2'.repeat(60)],
  ])('a password that is %s is refused', (_, password) => {
    expect(passwordProblem(password, 'mia.meier@x.example')).toBeDefined()
  })

  test('a sentence is a good password', () => {
    expect(passwordProblem(PASSWORD, 'mia@x.example')).toBeUndefined()
  })
})

test('codes of the authenticator are those of RFC 6238', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  expect(totpCode(secret, Math.floor(59 / 30))).toBe('287082')
  expect(totpCode(secret, Math.floor(1_111_111_109 / 30))).toBe('081804')
  expect(totpCode(secret, Math.floor(20_000_000_000 / 30))).toBe('353130')
})

describe('the first run', () => {
  test('a set-up link makes the admin once, and nobody a second time', async () => {
    const [token, other] = [await setUp('x'), await setUp('x')]
    expect(await (await server.call(`/set-up?token=${token}`)).text()).toContain('You will be the admin of x')
    const fields = { token, email: 'Ada@X.example', name: 'Ada', password: PASSWORD, again: PASSWORD }
    const made = await post('/set-up', fields)
    expect([made.status, made.headers.get('location')]).toEqual([303, '/'])
    expect(await me(cookieOf(made))).toMatchObject({ email: 'ada@x.example', name: 'Ada', role: 'admin' })
    expect((await post('/set-up', fields)).status).toBe(410)
    expect((await post('/set-up', { ...fields, token: other, email: 'eve@x.example' })).status).toBe(410)
  })

  test('of two who use one link at once, one gets in', async () => {
    const token = await setUp('z')
    const fields = { token, password: PASSWORD, again: PASSWORD }
    const both = await Promise.all([
      post('/set-up', { ...fields, email: 'a@z.example' }),
      post('/set-up', { ...fields, email: 'b@z.example' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 410])
  })

  test('before there is data, whoever sets up names the organisation', async () => {
    const token = await setUp(null)
    const fields = { token, email: 'neo@new.example', password: PASSWORD, again: PASSWORD }
    expect((await post('/set-up', fields)).status).toBe(400)
    const made = await post('/set-up', { ...fields, org: 'new' })
    expect(await me(cookieOf(made))).toMatchObject({ org: 'new', role: 'admin' })
  })

  test('mistakes are shown beside their field, and the link stays good', async () => {
    const token = await setUp('w')
    const fields = { token, email: 'w@w.example', name: '"><b>W', password: 'short', again: 'short' }
    const weak = await post('/set-up', fields)
    expect(weak.status).toBe(400)
    const html = await weak.text()
    expect(html).toContain('id="password-note" class="error">Take at least 10 characters')
    expect(html).toContain('value="&quot;&gt;&lt;b&gt;W"')
    expect(html).not.toContain('value="short"')
    expect(await (await post('/set-up', { ...fields, again: 'other' })).text()).toContain('The two passwords differ')
    expect((await post('/set-up', { ...fields, email: 'nobody', password: PASSWORD, again: PASSWORD })).status).toBe(
      400,
    )
    expect((await post('/set-up', { ...fields, password: PASSWORD, again: PASSWORD })).status).toBe(303)
  })
})

describe('signing in', () => {
  test('takes the right password alone, and tells nothing about who has an account', async () => {
    const right = await signIn('ADA@x.example', PASSWORD)
    expect(right.status).toBe(303)
    expect(right.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)
    const [wrong, unknown] = [await signIn('ada@x.example', 'wrong password'), await signIn('bob@x.example', PASSWORD)]
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    const text = async (answer: Response) => (await answer.text()).replaceAll(/(ada|bob)@x.example/g, '')
    expect(await text(wrong)).toBe(await text(unknown))
  })

  test('leads to the page that was asked for, and never to another site', async () => {
    const to = async (next: string) => (await signIn('ada@x.example', PASSWORD, { next })).headers.get('location')
    expect(await to('/usage?range=7d')).toBe('/usage?range=7d')
    expect(await to('//evil.example')).toBe('/')
  })

  test('a form of another site is turned away', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect((await signIn('ada@x.example', PASSWORD, {}, headers)).status).toBe(403)
      const cookie = cookieOf(await signIn('ada@x.example', PASSWORD))
      const body = { theme: 'dark' }
      const write = await server.call('/api/v1/preferences', { method: 'PUT', body, headers: { ...headers, cookie } })
      expect(write.status).toBe(403)
    }
  })

  test('who guesses waits, with the right password too, and others are not held up', async () => {
    await addAccount('x', 'guessed@x.example')
    const statuses: number[] = []
    for (let guess = 0; guess < 7; guess += 1) {
      statuses.push((await signIn('guessed@x.example', `guess number ${guess}`)).status)
    }
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401])
    expect(statuses).toContain(429)
    const early = await signIn('guessed@x.example', PASSWORD)
    expect(early.status).toBe(429)
    expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await signIn('ada@x.example', PASSWORD)).status).toBe(303)
  })

  test('many guesses at once slip through no more than one after the other', async () => {
    await addAccount('x', 'rushed@x.example')
    const all = await Promise.all(Array.from({ length: 12 }, (_, n) => signIn('rushed@x.example', `a guess ${n}`)))
    expect(all.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(6)
  })

  test('a hash from cheaper times is replaced by signing in', async () => {
    await addAccount('x', 'old@x.example')
    const { db } = server.runtime.store
    const cheap = await hashPassword(PASSWORD, CHEAP)
    await db.updateTable('users').set({ password: cheap }).where('email', '=', 'old@x.example').execute()
    expect((await signIn('old@x.example', PASSWORD)).status).toBe(303)
    const row = await db.selectFrom('users').select('password').where('email', '=', 'old@x.example').executeTakeFirst()
    expect(row?.password).toMatch(/^\$scrypt\$ln=15,/)
  })

  test('one address has accounts in two organisations, each with its own password', async () => {
    await addAccount('x', 'both@example.com', PASSWORD)
    await addAccount('y', 'both@example.com', `${PASSWORD} of y`)
    const orgOf = async (password: string) => (await me(cookieOf(await signIn('both@example.com', password)))).org
    expect([await orgOf(PASSWORD), await orgOf(`${PASSWORD} of y`)]).toEqual(['x', 'y'])
  })

  test('the account is the person of the warehouse with its address, so that row rules hold', async () => {
    const cookie = cookieOf(await addAccount('x', 'mia@x.example', PASSWORD, 'manager'))
    const query = { metrics: ['revenue'], by: ['team'] }
    const { body } = await server.ask<{ rows: object[] }>('/api/v1/query', { body: query, headers: { cookie } })
    expect(body.rows).toEqual([{ team: 'red', revenue: 10 }])
    const stranger = cookieOf(await addAccount('x', 'stranger@x.example', PASSWORD, 'manager'))
    const none = await server.ask<{ rows: object[] }>('/api/v1/query', { body: query, headers: { cookie: stranger } })
    expect(none.body.rows).toEqual([])
  })
})

test('nothing of all this was a bug', () => {
  expect(server.bugs).toEqual([])
})

const PEOPLE = `org_id,user_id,team,email
x,mia,red,Mia@x.example
x,ben,blue,twin@x.example
x,bea,blue,twin@x.example
y,mia,blue,mia@y.example
`
const MODEL = 'select org_id, user_id, team, email from {{source "files" "people"}}\n'
const CONFIG = `
name: sample
warehouse: { type: duckdb, path: warehouse.duckdb }
tenancy: { key: org_id }
identity: { relation: people, key: user_id, attributes: { teams: team }, people: { email: email } }
`

const setUp = (org: string | null) => server.runtime.identity.createSetUpToken(org)
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) })
const signIn = (email: string, password: string, more = {}, headers: Record<string, string> = {}) =>
  post('/sign-in', { email, password, ...more }, headers)
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''
const me = async (cookie: string) => (await server.ask('/api/v1/account', { headers: { cookie } })).body

/** Somebody who was invited and has joined. */
async function addAccount(org: string, email: string, password = PASSWORD, role: 'manager' | 'admin' = 'admin') {
  const { inviteAccount } = await import('../runtime/identity/index.ts')
  const { token } = await inviteAccount(server.runtime.store, org, { email, role }, 'test')
  const joined = await post('/invitation', { token, password, again: password })
  expect(joined.status).toBe(303)
  return joined
}
