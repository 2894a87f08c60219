import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Role } from '../../definitions/index.ts'
import type { AccountLinkRow, StoreSchema } from '../../store/index.ts'
import { createSecret, hashSecret } from '../secret.ts'

type Db = Kysely<StoreSchema>

const HOUR = 3_600_000
const LIFETIME: Readonly<Record<AccountLinkRow['kind'], number>> = {
  'set-up': 24 * HOUR,
  invitation: 7 * 24 * HOUR,
  reset: 24 * HOUR,
  'second-factor': HOUR / 6,
}

export interface NewLink {
  readonly kind: AccountLinkRow['kind']
  readonly org: string | null
  readonly role: Role
  readonly email?: string
  readonly name?: string | null
  readonly accountId?: string
}

export interface AccountLink {
  readonly id: string
  /** Its secret, in this answer alone. */
  readonly token: string
  readonly expires_at: Date
}

export async function createLink(
  db: Db,
  { email, name, accountId, ...link }: NewLink,
  actor: string,
): Promise<AccountLink> {
  const token = createSecret()
  const id = randomUUID()
  const expires_at = new Date(Date.now() + LIFETIME[link.kind])
  await db
    .insertInto('account_links')
    .values({
      ...link,
      id,
      hash: hashSecret(token),
      email: email ?? null,
      name: name ?? null,
      account_id: accountId ?? null,
      created_by: actor,
      expires_at,
      used_at: null,
    })
    .execute()
  return { id, token, expires_at }
}

/** The link behind a token, where it is still good; looking does not use it up. */
export function readLink(db: Db, token: string, now = new Date()): Promise<AccountLinkRow | undefined> {
  return db
    .selectFrom('account_links')
    .selectAll()
    .where('hash', '=', hashSecret(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Uses a link up; false where somebody else was quicker. */
export async function spendLink(db: Db, { hash }: Pick<AccountLinkRow, 'hash'>): Promise<boolean> {
  const spent = await db
    .updateTable('account_links')
    .set({ used_at: new Date() })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return spent !== undefined
}

/** Invitations that wait for an answer, the newest first. */
export function listInvitations(db: Db, org: string | null, now = new Date()) {
  return db
    .selectFrom('account_links')
    .select(['id', 'email', 'name', 'role', 'created_by', 'created_at', 'expires_at'])
    .where('kind', '=', 'invitation')
    .where('org', 'is not distinct from', org)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute()
}

/** Takes links back that were not used; gives the e-mail addresses they were for. */
export async function withdrawInvitation(db: Db, org: string | null, id: string): Promise<string | null | undefined> {
  const withdrawn = await db
    .deleteFrom('account_links')
    .where('kind', '=', 'invitation')
    .where('org', 'is not distinct from', org)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .returning('email')
    .executeTakeFirst()
  return withdrawn?.email
}
