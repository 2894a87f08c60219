import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIdentity, type Identity } from '../runtime/identity/index.ts'
import { openStore, readAudit, type Store } from '../runtime/store/index.ts'

let store: Store
let identity: Identity

beforeAll(async () => {
  store = await openStore({ memory: true })
  identity = createIdentity(store)
})
afterAll(() => store.close())

test('a key says who its caller is', async () => {
  const { key } = await identity.createKey({ org: 'x', role: 'manager', user: 'mia', scopes: ['query'] }, 'test')
  expect(key).toMatch(/^am_[\w-]{43}$/)
  expect(await identity.callerOfKey(key)).toMatchObject({ org: 'x', role: 'manager', user: 'mia', scopes: ['query'] })
})

test('the store keeps the hash of a key and not the key', async () => {
  const { key } = await identity.createKey({ org: 'x', role: 'viewer' }, 'test')
  const rows = await store.db.selectFrom('api_keys').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(key)
  expect(JSON.stringify(await identity.listKeys())).not.toContain('hash')
})

test('a revoked key lets nobody in, at once', async () => {
  const { key, id } = await identity.createKey({ org: 'x', role: 'viewer' }, 'test')
  expect(await identity.callerOfKey(key)).toBeDefined()
  await identity.revokeKey(id, 'test')
  expect(await identity.callerOfKey(key)).toBeUndefined()
})

test('an expired key and an unknown one let nobody in', async () => {
  const { key } = await identity.createKey({ org: 'x', role: 'viewer', expiresAt: new Date(Date.now() - 1) }, 'test')
  expect(await identity.callerOfKey(key)).toBeUndefined()
  expect(await identity.callerOfKey('am_nonsense')).toBeUndefined()
})

test('a tenant neither lists nor revokes keys of another', async () => {
  const { id } = await identity.createKey({ org: 'y', role: 'viewer' }, 'test')
  expect((await identity.listKeys('x')).map((key) => key.org)).not.toContain('y')
  await expect(identity.revokeKey(id, 'test', 'x')).rejects.toThrow('AM5010')
})

test('a sign-in link works once', async () => {
  const token = await identity.createSignInToken({ org: 'x', role: 'admin', user: null })
  const session = await identity.signInWithToken(token)
  expect(session).toBeDefined()
  expect(await identity.callerOfSession(session ?? '')).toMatchObject({ org: 'x', role: 'admin' })
  expect(await identity.signInWithToken(token)).toBeUndefined()
})

test('of two who use a sign-in link at once, one gets in', async () => {
  const token = await identity.createSignInToken({ org: 'x', role: 'admin', user: null })
  const sessions = await Promise.all([identity.signInWithToken(token), identity.signInWithToken(token)])
  expect(sessions.filter((session) => session !== undefined)).toHaveLength(1)
})

test('a session ends with the key it was opened with, and by signing out', async () => {
  const { key, id } = await identity.createKey({ org: 'x', role: 'viewer' }, 'test')
  const [one, two] = [await identity.signInWithKey(key), await identity.signInWithKey(key)]
  await identity.signOut(one ?? '')
  expect(await identity.callerOfSession(one ?? '')).toBeUndefined()
  expect(await identity.callerOfSession(two ?? '')).toBeDefined()
  await identity.revokeKey(id, 'test')
  expect(await identity.callerOfSession(two ?? '')).toBeUndefined()
})

test('a key that may only ingest does not sign in', async () => {
  const { key } = await identity.createKey({ org: 'x', role: 'admin', scopes: ['ingest'] }, 'test')
  expect(await identity.signInWithKey(key)).toBeUndefined()
})

test('the audit log says what was done to a key and cannot be changed', async () => {
  const { id } = await identity.createKey({ org: 'audited', role: 'viewer' }, 'mia')
  expect(await readAudit(store.db, 'audited')).toMatchObject([{ actor: 'mia', action: 'key.created', subject: id }])
  await expect(store.db.deleteFrom('audit_log').execute()).rejects.toThrow('append-only')
})

test('an embedded store belongs to one process, and a lock of a dead one is taken over', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'store-'))
  const first = await openStore({ path: join(dir, 'store') })
  await expect(openStore({ path: join(dir, 'store') })).rejects.toThrow('AM5001')
  await first.close()
  writeFileSync(join(dir, 'store.lock'), '999999 1')
  const second = await openStore({ path: join(dir, 'store') })
  await second.close()
  rmSync(dir, { recursive: true })
})
