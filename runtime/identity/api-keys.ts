import { randomUUID } from 'node:crypto'
import type { Role } from '../definitions/index.ts'
import { fail } from '../diagnostics/index.ts'
import { type ApiKeyRow, type Store, writeAudit } from '../store/index.ts'
import { type Caller, isRole, isScope, type Scope } from './caller.ts'
import { createSecret, hashSecret } from './secret.ts'

export interface NewApiKey {
  readonly name?: string
  readonly org: string | null
  readonly role: Role
  readonly user?: string | null
  readonly scopes?: readonly Scope[]
  readonly expiresAt?: Date | null
}

/** An API key as it may be shown: without the key. */
export type ApiKey = Omit<ApiKeyRow, 'hash'>

/** Creates a key. It is in the answer and nowhere else: the store has its hash. */
export async function createApiKey(
  store: Store,
  input: NewApiKey,
  actor: string,
): Promise<{ key: string; id: string }> {
  const key = createSecret('am_')
  const id = randomUUID()
  const scopes = input.scopes ?? ['query']
  await store.db
    .insertInto('api_keys')
    .values({
      id,
      hash: hashSecret(key),
      hint: key.slice(0, 8),
      name: input.name ?? '',
      org: input.org,
      role: input.role,
      user_id: input.user ?? null,
      scopes,
      expires_at: input.expiresAt ?? null,
      last_used_at: null,
      revoked_at: null,
    })
    .execute()
  const detail = { role: input.role, scopes, user: input.user ?? null }
  await writeAudit(store.db, { org: input.org, actor, action: 'key.created', subject: id, detail })
  return { key, id }
}

/** Keys of one tenant, or of all with `undefined`; the newest first. */
export function listApiKeys(store: Store, org?: string | null): Promise<ApiKey[]> {
  const keys = store.db
    .selectFrom('api_keys')
    .select([
      'id',
      'hint',
      'name',
      'org',
      'role',
      'user_id',
      'scopes',
      'created_at',
      'expires_at',
      'last_used_at',
      'revoked_at',
    ])
    .orderBy('created_at', 'desc')
  return org === undefined ? keys.execute() : keys.where('org', 'is not distinct from', org).execute()
}

/** Revokes the key of this id (or the beginning of it), of one tenant or of any. */
export async function revokeApiKey(store: Store, id: string, actor: string, org?: string | null): Promise<ApiKey> {
  const matches = (await listApiKeys(store, org)).filter((key) => key.id.startsWith(id) || key.hint === id)
  const key = matches[0]
  if (key === undefined || id === '')
    fail('AM5010', `There is no API key '${id}'.`, { hint: 'List them: metrics keys list' })
  if (matches.length > 1) {
    fail('AM5011', `'${id}' fits ${matches.length} API keys.`, { hint: 'Give more characters of the id.' })
  }
  await store.db.updateTable('api_keys').set({ revoked_at: new Date() }).where('id', '=', key.id).execute()
  await store.db.deleteFrom('sessions').where('key_id', '=', key.id).execute()
  await writeAudit(store.db, { org: key.org, actor, action: 'key.revoked', subject: key.id })
  return key
}

/** The caller behind a key, or undefined where it is unknown, revoked or expired. */
export async function callerOfKey(store: Store, key: string, now = new Date()): Promise<Caller | undefined> {
  const row = await store.db.selectFrom('api_keys').selectAll().where('hash', '=', hashSecret(key)).executeTakeFirst()
  if (row === undefined || row.revoked_at !== null) return undefined
  if (row.expires_at !== null && row.expires_at <= now) return undefined
  if (!isRole(row.role)) return undefined
  await noteUse(store, row, now)
  return {
    org: row.org,
    role: row.role,
    user: row.user_id,
    scopes: row.scopes.filter(isScope),
    credential: row.id,
    owner: row.user_id === null ? `key:${row.id}` : `user:${row.org ?? ''}/${row.user_id}`,
    account: null,
  }
}

/** Once a minute is enough to know that a key is in use. */
async function noteUse(store: Store, row: ApiKeyRow, now: Date) {
  if (row.last_used_at !== null && now.getTime() - row.last_used_at.getTime() < 60_000) return
  await store.db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', row.id).execute()
}
