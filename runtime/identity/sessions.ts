import type { Role } from '../definitions/index.ts'
import { type SessionRow, type Store, writeAudit } from '../store/index.ts'
import { type Caller, isRole } from './caller.ts'
import { createSecret, hashSecret } from './secret.ts'

const MINUTE = 60_000
const TOKEN_LIFETIME = 60 * MINUTE
export const SESSION_LIFETIME = 7 * 24 * 60 * MINUTE

export interface Person {
  readonly org: string | null
  readonly role: Role
  readonly user: string | null
}

/** A link that signs one person in once, within the hour. */
export async function createSignInToken(store: Store, person: Person, now = new Date()): Promise<string> {
  const token = createSecret()
  await store.db
    .insertInto('sign_in_tokens')
    .values({
      hash: hashSecret(token),
      org: person.org,
      role: person.role,
      user_id: person.user,
      expires_at: new Date(now.getTime() + TOKEN_LIFETIME),
      used_at: null,
    })
    .execute()
  return token
}

/** Opens a session for a sign-in token. A token works once; gives undefined for any other. */
export async function redeemSignInToken(store: Store, token: string, now = new Date()): Promise<string | undefined> {
  const row = await store.db
    .updateTable('sign_in_tokens')
    .set({ used_at: now })
    .where('hash', '=', hashSecret(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined || !isRole(row.role)) return undefined
  return openSession(store, { org: row.org, role: row.role, user: row.user_id }, null, now)
}

/** Opens a session; the secret it gives back goes into the cookie. `keyId`: the API key it was opened with. */
export async function openSession(
  store: Store,
  person: Person,
  keyId: string | null,
  now = new Date(),
): Promise<string> {
  const secret = createSecret()
  await store.db.deleteFrom('sessions').where('expires_at', '<=', now).execute()
  await store.db
    .insertInto('sessions')
    .values({
      hash: hashSecret(secret),
      org: person.org,
      role: person.role,
      user_id: person.user,
      key_id: keyId,
      expires_at: new Date(now.getTime() + SESSION_LIFETIME),
    })
    .execute()
  await writeAudit(store.db, { org: person.org, actor: person.user ?? person.role, action: 'session.opened' })
  return secret
}

export async function callerOfSession(store: Store, secret: string, now = new Date()): Promise<Caller | undefined> {
  const row = await store.db
    .selectFrom('sessions')
    .selectAll()
    .where('hash', '=', hashSecret(secret))
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (row === undefined || !isRole(row.role)) return undefined
  const scopes = row.role === 'admin' ? (['query', 'admin'] as const) : (['query'] as const)
  return {
    org: row.org,
    role: row.role,
    user: row.user_id,
    scopes,
    credential: row.hash.slice(0, 16),
    owner: ownerOf(row),
    account: null,
  }
}

function ownerOf({ org, role, user_id, key_id }: SessionRow): string {
  if (user_id !== null) return `user:${org ?? ''}/${user_id}`
  return key_id === null ? `role:${org ?? ''}/${role}` : `key:${key_id}`
}

export async function closeSession(store: Store, secret: string): Promise<void> {
  await store.db.deleteFrom('sessions').where('hash', '=', hashSecret(secret)).execute()
}
