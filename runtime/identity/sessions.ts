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

/** What a browser tells of itself, for the list of sessions. */
export interface Client {
  readonly userAgent?: string | undefined
  readonly address?: string | undefined
}

/** Opens a session for a sign-in token. A token works once; gives undefined for any other. */
export async function redeemSignInToken(
  store: Store,
  token: string,
  client: Client = {},
  now = new Date(),
): Promise<string | undefined> {
  const row = await store.db
    .updateTable('sign_in_tokens')
    .set({ used_at: now })
    .where('hash', '=', hashSecret(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined || !isRole(row.role)) return undefined
  return openSession(store, { org: row.org, role: row.role, user: row.user_id }, { ...client, way: 'link' }, now)
}

export interface Opening extends Client {
  readonly way: 'link' | 'key' | 'password' | 'provider'
  /** The API key it is opened with. */
  readonly keyId?: string
  /** The account it is opened for, and as whom the audit log names it. */
  readonly account?: { readonly id: string; readonly email: string | null }
}

/** Opens a session; the secret it gives back goes into the cookie. */
export async function openSession(
  store: Store,
  person: Person,
  { way, keyId, account, userAgent, address }: Opening,
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
      key_id: keyId ?? null,
      account_id: account?.id ?? null,
      user_agent: userAgent?.slice(0, 300) ?? null,
      address: address ?? null,
      last_seen_at: now,
      expires_at: new Date(now.getTime() + SESSION_LIFETIME),
    })
    .execute()
  const actor = account?.email ?? person.user ?? person.role
  const detail = { way, address: address ?? null }
  await writeAudit(store.db, { org: person.org, actor, action: 'session.opened', detail })
  return secret
}

/** The id in the warehouse of who has this e-mail address, if it knows one. */
export type FindPerson = (org: string | null, email: string) => Promise<string | null>

/** Role and person are those that the account has now, not those it had when the session began. */
export async function callerOfSession(
  store: Store,
  secret: string,
  findPerson: FindPerson = async () => null,
  now = new Date(),
): Promise<Caller | undefined> {
  const row = await store.db
    .selectFrom('sessions')
    .leftJoin('users', 'users.id', 'sessions.account_id')
    .selectAll('sessions')
    .select(['users.email', 'users.name', 'users.role as account_role', 'users.directory_id', 'users.deactivated_at'])
    .where('hash', '=', hashSecret(secret))
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (row === undefined || row.deactivated_at !== null) return undefined
  const role = row.account_role ?? row.role
  if (!isRole(role)) return undefined
  await noteSeen(store, row, now)
  const { org, account_id, email } = row
  const scopes = role === 'admin' ? (['query', 'admin'] as const) : (['query'] as const)
  const credential = sessionId(row)
  if (account_id === null)
    return { org, role, user: row.user_id, scopes, credential, owner: ownerOf(row), account: null }
  const user = row.directory_id ?? (await findPerson(org, email ?? ''))
  const account = { id: account_id, email: email ?? '', name: row.name }
  return { org, role, user, scopes, credential, owner: `account:${account_id}`, account }
}

export async function closeSession(store: Store, secret: string): Promise<void> {
  const closed = await store.db
    .deleteFrom('sessions')
    .where('hash', '=', hashSecret(secret))
    .returning(['org', 'role', 'user_id', 'account_id'])
    .executeTakeFirst()
  if (closed === undefined) return
  const actor = closed.user_id ?? closed.account_id ?? closed.role
  await writeAudit(store.db, { org: closed.org, actor, action: 'session.closed' })
}

/** A session as it may be shown, with a name that lets nobody in. */
export interface SessionInfo {
  readonly id: string
  readonly user_agent: string | null
  readonly address: string | null
  readonly created_at: Date
  readonly last_seen_at: Date | null
  readonly expires_at: Date
}

export async function listSessions(store: Store, accountId: string, now = new Date()): Promise<readonly SessionInfo[]> {
  const rows = await store.db
    .selectFrom('sessions')
    .select(['hash', 'user_agent', 'address', 'created_at', 'last_seen_at', 'expires_at'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .execute()
  return rows.map(({ hash, ...row }) => ({ id: sessionId({ hash }), ...row }))
}

/** Ends sessions of an account: one, or all but one. Gives how many ended. */
export async function endSessions(
  store: Store,
  accountId: string,
  which: { readonly id: string } | { readonly except: string | null },
): Promise<number> {
  const all = store.db.deleteFrom('sessions').where('account_id', '=', accountId)
  const one = 'id' in which
  const name = one ? which.id : (which.except ?? '')
  const ended = await all.where((is) => is(is.fn('left', ['hash', is.val(16)]), one ? '=' : '<>', name)).execute()
  return Number(ended[0]?.numDeletedRows ?? 0)
}

function sessionId({ hash }: Pick<SessionRow, 'hash'>): string {
  return hash.slice(0, 16)
}

/** Once a minute is enough to know that a session is in use. */
async function noteSeen(store: Store, { hash, last_seen_at }: SessionRow, now: Date) {
  if (last_seen_at !== null && now.getTime() - last_seen_at.getTime() < 60_000) return
  await store.db.updateTable('sessions').set({ last_seen_at: now }).where('hash', '=', hash).execute()
}

function ownerOf({ org, role, user_id, key_id }: SessionRow): string {
  if (user_id !== null) return `user:${org ?? ''}/${user_id}`
  return key_id === null ? `role:${org ?? ''}/${role}` : `key:${key_id}`
}
