import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inviteAccount } from '../runtime/identity/index.ts'
import { verifyAudit, writeAudit } from '../runtime/store/index.ts'
import { type SampleServer, serveSample } from './support/serve-sample.ts'

const PASSWORD = 'correct horse battery'
let server: SampleServer
const ids: Record<string, string> = {}
const cookies: Record<string, string> = {}

beforeAll(async () => {
  server = await serveSample({
    admin: { org: 'x', role: 'admin', scopes: ['query', 'admin'] },
    adminWithoutScope: { org: 'x', role: 'admin', scopes: ['query'] },
    managerWithScope: { org: 'x', role: 'manager', scopes: ['query', 'admin'] },
    manager: { org: 'x', role: 'manager', scopes: ['query'] },
    user: { org: 'x', role: 'user', scopes: ['query'] },
    viewer: { org: 'x', role: 'viewer', scopes: ['query'] },
    ingest: { org: 'x', role: 'admin', scopes: ['ingest'] },
    other: { org: 'y', role: 'admin', scopes: ['query', 'admin'] },
  })
  for (const [email, role] of [
    ['ada@x.example', 'admin'],
    ['bob@x.example', 'user'],
    ['vic@x.example', 'viewer'],
  ] as const) {
    await join('x', email, role)
  }
})
afterAll(() => server.close())

const ADMIN_ROUTES: readonly (readonly [string, string, object?])[] = [
  ['GET', '/users'],
  ['PATCH', '/users/BOB', { role: 'admin' }],
  ['POST', '/users/BOB/reset', {}],
  ['GET', '/users/BOB/sessions'],
  ['DELETE', '/users/BOB/sessions'],
  ['POST', '/invitations', { email: 'eve@x.example', role: 'viewer' }],
  ['DELETE', '/invitations/none'],
  ['GET', '/organisation'],
  ['PUT', '/organisation', { require_second_factor: true }],
  ['GET', '/audit'],
  ['GET', '/audit/verify'],
]
const named = ([method, path, body]: readonly [string, string, object?]) => ({ method, path, body })
const KEY_ROUTES: readonly (readonly [string, string, object?])[] = [
  ['GET', '/keys'],
  ['POST', '/keys', { role: 'viewer' }],
  ['DELETE', '/keys/none'],
  ['GET', '/feedback'],
]
const WITH_SESSION = ['bob@x.example', 'vic@x.example']

describe.each(ADMIN_ROUTES.map(named))('$method $path', ({ method, path, body }) => {
  test.each(['adminWithoutScope', 'managerWithScope', 'manager', 'user', 'viewer', 'ingest', ...WITH_SESSION])(
    'is not for %s',
    async (who) => expect((await send(who, method, path, body)).status).toBe(403),
  )
})

describe.each(KEY_ROUTES.map(named))('$method $path', ({ method, path, body }) => {
  test.each(['adminWithoutScope', 'manager', 'user', 'viewer', 'ingest', ...WITH_SESSION])(
    'is not for %s',
    async (who) => expect((await send(who, method, path, body)).status).toBe(403),
  )
})

describe('users', () => {
  test('an admin of another organisation neither sees nor changes them', async () => {
    const { body } = await server.ask<{ users: object[] }>('/api/v1/users', { as: 'other' })
    expect(body.users).toEqual([])
    for (const [method, path, change] of [
      ['PATCH', '/users/BOB', { role: 'admin' }],
      ['POST', '/users/BOB/reset', {}],
      ['DELETE', '/users/BOB/sessions', undefined],
      ['GET', '/users/BOB/sessions', undefined],
    ] as const) {
      expect((await send('other', method, path, change)).status).toBe(404)
    }
  })

  test('a new role holds in the sessions that are open', async () => {
    expect((await send('bob@x.example', 'GET', '/users')).status).toBe(403)
    expect((await send('admin', 'PATCH', '/users/BOB', { role: 'admin' })).status).toBe(200)
    expect((await send('bob@x.example', 'GET', '/users')).status).toBe(200)
    expect((await send('ada@x.example', 'PATCH', '/users/BOB', { role: 'user' })).status).toBe(200)
    expect((await send('bob@x.example', 'GET', '/users')).status).toBe(403)
  })

  test('the last admin stays one', async () => {
    for (const change of [{ role: 'viewer' }, { active: false }]) {
      expect((await send('admin', 'PATCH', '/users/ADA', change)).status).toBe(409)
    }
  })

  test('of two admins who demote each other at once, one stays', async () => {
    await send('admin', 'PATCH', '/users/BOB', { role: 'admin' })
    const both = await Promise.all([
      send('admin', 'PATCH', '/users/ADA', { role: 'user' }),
      send('admin', 'PATCH', '/users/BOB', { role: 'user' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    await send('admin', 'PATCH', '/users/ADA', { role: 'admin' })
    await send('admin', 'PATCH', '/users/BOB', { role: 'user' })
  })

  test('who is deactivated is out at once and does not come in again', async () => {
    await join('x', 'gone@x.example', 'user')
    expect((await send('gone@x.example', 'GET', '/account')).status).toBe(200)
    await send('admin', 'PATCH', '/users/GONE', { active: false })
    expect((await send('gone@x.example', 'GET', '/account')).status).toBe(401)
    expect((await signIn('gone@x.example')).status).toBe(401)
  })

  test('an invitation that was taken back, or replaced by a newer one, lets nobody in', async () => {
    const invite = () =>
      server.ask<{ id: string; href: string }>('/api/v1/invitations', {
        as: 'admin',
        body: { email: 'ivy@x.example', role: 'user' },
      })
    const [old, now] = [(await invite()).body, (await invite()).body]
    const look = async (href: string) => (await server.call(href)).status
    expect([await look(old.href), await look(now.href)]).toEqual([410, 200])
    await send('admin', 'DELETE', `/invitations/${now.id}`)
    expect(await look(now.href)).toBe(410)
  })

  test('a reset link sets a new password and ends the other sessions', async () => {
    await join('x', 'rita@x.example', 'user')
    const { body } = await server.ask<{ href: string }>(`/api/v1/users/${ids.RITA}/reset`, { as: 'admin', body: {} })
    const token = new URL(body.href, server.url).searchParams.get('token') ?? ''
    const fields = { token, password: 'a brand new password', again: 'a brand new password' }
    expect((await post('/reset', fields)).status).toBe(303)
    expect((await send('rita@x.example', 'GET', '/account')).status).toBe(401)
    expect((await signIn('rita@x.example')).status).toBe(401)
    expect((await signIn('rita@x.example', 'a brand new password')).status).toBe(303)
    expect((await post('/reset', fields)).status).toBe(410)
  })
})

describe('keys', () => {
  test('nobody gives a key a role above their own', async () => {
    const body = { role: 'admin', scopes: ['admin'] }
    expect((await send('managerWithScope', 'POST', '/keys', body)).status).toBe(403)
    expect((await send('managerWithScope', 'POST', '/keys', { role: 'manager' })).status).toBe(201)
  })

  test('a key that has expired already is not made', async () => {
    const { status } = await send('admin', 'POST', '/keys', { role: 'viewer', expires_at: '2020-01-01' })
    expect(status).toBe(400)
  })
})

describe('the own account', () => {
  test('a new password needs the old one, and ends the other sessions', async () => {
    await join('x', 'pat@x.example', 'user')
    const elsewhere = cookieOf(await signIn('pat@x.example'))
    const change = (current: string, password: string) =>
      send('pat@x.example', 'PUT', '/account/password', { current, password })
    expect((await change('not my password', 'another good one')).status).toBe(400)
    expect((await change(PASSWORD, 'short')).status).toBe(400)
    expect((await change(PASSWORD, 'another good one')).status).toBe(200)
    expect((await send('pat@x.example', 'GET', '/account')).status).toBe(200)
    expect((await server.call('/api/v1/account', { headers: { cookie: elsewhere } })).status).toBe(401)
  })

  test('sessions are listed and ended one by one, own ones alone', async () => {
    const other = cookieOf(await signIn('vic@x.example'))
    const list = async () =>
      (
        await server.ask<{ sessions: { id: string; current: boolean }[] }>('/api/v1/account/sessions', {
          headers: { cookie: cookies['vic@x.example'] ?? '' },
        })
      ).body.sessions
    const sessions = await list()
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true])
    const strange = sessions.find(({ current }) => !current)?.id
    expect((await send('bob@x.example', 'DELETE', `/account/sessions/${strange}`)).status).toBe(404)
    expect((await send('vic@x.example', 'DELETE', `/account/sessions/${strange}`)).status).toBe(200)
    expect((await server.call('/api/v1/account', { headers: { cookie: other } })).status).toBe(401)
  })

  test('a key has no account to change', async () => {
    expect((await server.ask('/api/v1/account', { as: 'viewer' })).body).toMatchObject({
      account: null,
      role: 'viewer',
    })
    expect((await send('viewer', 'PATCH', '/account', { name: 'Me' })).status).toBe(400)
  })
})

describe('the audit log', () => {
  interface Entry {
    readonly id: string
    readonly actor: string
    readonly action: string
  }
  const read = async (search: string) =>
    (await server.ask<{ entries: Entry[]; next: string | null }>(`/api/v1/audit?${search}`, { as: 'admin' })).body

  test('says who did what, and is asked by person, deed and time', async () => {
    const { entries } = await read('actor=ada@&action=account.role')
    expect(entries[0]).toMatchObject({ actor: 'ada@x.example', action: 'account.role-changed' })
    expect(entries.every(({ actor }) => actor === 'ada@x.example')).toBe(true)
    expect((await read('from=2099-01-01')).entries).toEqual([])
    expect((await read('actor=%25')).entries).toEqual([])
    expect((await send('admin', 'GET', '/audit?from=yesterday')).status).toBe(400)
  })

  test('is read page by page without gaps', async () => {
    const all = (await read('limit=1000')).entries.map(({ id }) => id)
    const paged: string[] = []
    let before = ''
    for (;;) {
      const page = await read(`limit=7${before}`)
      paged.push(...page.entries.map(({ id }) => id))
      if (page.next === null) break
      before = `&before=${page.next}`
    }
    expect(paged).toEqual(all)
  })

  test('is downloaded as CSV that no spreadsheet runs, and as NDJSON', async () => {
    const { db } = server.runtime.store
    await writeAudit(db, { org: 'x', actor: '=cmd()', action: 'test.formula', detail: { text: 'a "b", c' } })
    const csv = await (await server.call('/api/v1/audit?format=csv&action=test.', { as: 'admin' })).text()
    expect(csv.split('\r\n').slice(0, 2)).toEqual([
      'at,actor,action,subject,detail',
      expect.stringMatching(/^20.*Z,'=cmd\(\),test\.formula,,"\{""text"":""a \\""b\\"", c""\}"$/),
    ])
    const lines = await (await server.call('/api/v1/audit?format=ndjson&action=test.', { as: 'admin' })).text()
    expect(JSON.parse(lines.trim())).toMatchObject({ action: 'test.formula' })
  })

  test('is that of the own organisation', async () => {
    const { body } = await server.ask<{ entries: Entry[] }>('/api/v1/audit?action=account', { as: 'other' })
    expect(body.entries).toEqual([])
  })

  test.each(["UPDATE audit_log SET actor = 'nobody'", 'DELETE FROM audit_log', 'TRUNCATE audit_log'])(
    'refuses: %s',
    async (statement) => {
      const { sql } = await import('kysely')
      await expect(sql.raw(statement).execute(server.runtime.store.db)).rejects.toThrow('append-only')
    },
  )

  test('shows what was changed behind it', async () => {
    const { sql } = await import('kysely')
    const { db } = server.runtime.store
    expect(await verifyAudit(db)).toMatchObject({ ok: true })
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => writeAudit(db, { org: 'x', actor: `a${n}`, action: 'at-once' })),
    )
    expect(await verifyAudit(db)).toMatchObject({ ok: true })
    await db.transaction().execute(async (tx) => {
      await sql`ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only`.execute(tx)
      await sql`DELETE FROM audit_log WHERE action = 'test.formula'`.execute(tx)
      const broken = await verifyAudit(tx)
      expect(broken.ok).toBe(false)
      expect(broken.broken_at).toBeInstanceOf(Date)
      await sql`ALTER TABLE audit_log ENABLE TRIGGER audit_log_append_only`.execute(tx)
    })
    expect((await server.ask('/api/v1/audit/verify', { as: 'admin' })).body).toMatchObject({ ok: false })
  })
})

test('nothing of all this was a bug', () => {
  expect(server.bugs).toEqual([])
})

/** As a key, or with the session of an account; names in capitals stand for ids of accounts. */
async function send(who: string, method: string, path: string, body?: object) {
  const filled = path.replace(/[A-Z]{3,}/, (name) => ids[name] ?? name)
  const cookie = cookies[who]
  const as = cookie === undefined ? { as: who } : { headers: { cookie } }
  return server.ask(`/api/v1${filled}`, { ...as, method, ...(body && { body }) })
}

async function join(org: string, email: string, role: 'admin' | 'user' | 'viewer') {
  const { token } = await inviteAccount(server.runtime.store, org, { email, role }, 'test')
  cookies[email] = cookieOf(await post('/invitation', { token, password: PASSWORD, again: PASSWORD }))
  const { body } = await server.ask<{ id: string }>('/api/v1/account', { headers: { cookie: cookies[email] } })
  ids[email.split('@')[0]?.toUpperCase() ?? ''] = body.id
}

const post = (path: string, fields: Record<string, string>) =>
  fetch(server.url + path, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) })
const signIn = (email: string, password = PASSWORD) => post('/sign-in', { email, password })
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''
