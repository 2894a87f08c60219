import type { Kysely } from 'kysely'
import type { Role } from '../../definitions/index.ts'
import { fail } from '../../diagnostics/index.ts'
import { type Store, type StoreSchema, type UserRow, writeAudit } from '../../store/index.ts'
import { type AccountLink, createLink } from './account-links.ts'
import { accountExists, checkEmail } from './redeem-link.ts'

type Db = Kysely<StoreSchema>

/** An account as it may be shown. */
export interface Account {
  readonly id: string
  readonly org: string | null
  readonly email: string
  readonly name: string | null
  readonly role: string
  /** The person in the warehouse, where an admin named one. */
  readonly user: string | null
  readonly active: boolean
  readonly second_factor: boolean
  readonly provider: string
  readonly created_at: Date
  readonly last_sign_in_at: Date | null
}

export interface AccountChange {
  readonly role?: Role
  readonly name?: string
  readonly user?: string | null
  readonly active?: boolean
  /** False takes the second factor away, for somebody who lost their phone. */
  readonly second_factor?: false
}

export async function listAccounts(store: Store, org: string | null): Promise<readonly Account[]> {
  const rows = await store.db
    .selectFrom('users')
    .selectAll()
    .where('org', 'is not distinct from', org)
    .where('email', 'is not', null)
    .orderBy('email')
    .execute()
  return rows.map(describeAccount)
}

export async function findAccount(store: Store, org: string | null, id: string): Promise<Account> {
  return describeAccount(await rowOf(store.db, org, id))
}

/** A link that makes an account with this role, once. Earlier ones for the same address are taken back. */
export async function inviteAccount(
  store: Store,
  org: string | null,
  invitation: { readonly email: string; readonly role: Role; readonly name?: string },
  actor: string,
): Promise<AccountLink> {
  const email = checkEmail(invitation.email)
  return store.db.transaction().execute(async (tx) => {
    const accounts = tx.selectFrom('users').select('id').where('email', '=', email)
    const known = await accounts.where('org', 'is not distinct from', org).executeTakeFirst()
    if (known !== undefined) accountExists(email)
    await tx
      .deleteFrom('account_links')
      .where('kind', '=', 'invitation')
      .where('email', '=', email)
      .where('org', 'is not distinct from', org)
      .where('used_at', 'is', null)
      .execute()
    const link = await createLink(tx, { kind: 'invitation', org, ...invitation, email }, actor)
    const detail = { email, role: invitation.role }
    await writeAudit(tx, { org, actor, action: 'account.invited', subject: link.id, detail })
    return link
  })
}

/** A link that sets a new password, once. */
export async function resetPassword(store: Store, org: string | null, id: string, actor: string): Promise<AccountLink> {
  return store.db.transaction().execute(async (tx) => {
    const { email, role } = await rowOf(tx, org, id)
    const link = await createLink(
      tx,
      { kind: 'reset', org, role: role as Role, email: email ?? '', accountId: id },
      actor,
    )
    await writeAudit(tx, { org, actor, action: 'password.reset-requested', subject: id, detail: { email } })
    return link
  })
}

/** Changes an account. What takes rights away ends its sessions at once. */
export async function changeAccount(
  store: Store,
  org: string | null,
  id: string,
  change: AccountChange,
  actor: string,
): Promise<Account> {
  return store.db.transaction().execute(async (tx) => {
    const before = await rowOf(tx, org, id)
    const demoted = change.active === false || (change.role !== undefined && change.role !== 'admin')
    if (demoted && before.role === 'admin' && before.deactivated_at === null) await refuseLastAdmin(tx, org, id)
    const after = await tx
      .updateTable('users')
      .set(columnsOf(change))
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    if (change.active === false) await tx.deleteFrom('sessions').where('account_id', '=', id).execute()
    const detail = { email: before.email, ...change, ...(change.role && { was: before.role }) }
    await writeAudit(tx, { org, actor, action: actionOf(change), subject: id, detail })
    return describeAccount(after)
  })
}

export function describeAccount(row: UserRow): Account {
  const { id, org, email, name, role, directory_id, deactivated_at, totp_enabled_at, provider } = row
  return {
    id,
    org,
    email: email ?? '',
    name,
    role,
    user: directory_id,
    active: deactivated_at === null,
    second_factor: totp_enabled_at !== null,
    provider,
    created_at: row.created_at,
    last_sign_in_at: row.last_sign_in_at,
  }
}

async function rowOf(db: Db, org: string | null, id: string): Promise<UserRow> {
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('org', 'is not distinct from', org)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? fail('AM5044', 'There is no such account.')
}

/** Locks the admins: of two who demote each other at once, one is refused. */
async function refuseLastAdmin(tx: Db, org: string | null, id: string) {
  const admins = await tx
    .selectFrom('users')
    .select('id')
    .where('org', 'is not distinct from', org)
    .where('role', '=', 'admin')
    .where('deactivated_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  if (admins.some((admin) => admin.id !== id)) return
  fail('AM5043', 'This is the last admin of the organisation.', { hint: 'Make somebody else an admin first.' })
}

function columnsOf({ role, name, user, active, second_factor }: AccountChange) {
  return {
    ...(role && { role }),
    ...(name !== undefined && { name: name.trim() || null }),
    ...(user !== undefined && { directory_id: user }),
    ...(active !== undefined && { deactivated_at: active ? null : new Date() }),
    ...(second_factor === false && { totp_secret: null, totp_enabled_at: null, totp_last_step: null }),
  }
}

function actionOf({ role, active, second_factor }: AccountChange): string {
  if (active !== undefined) return active ? 'account.reactivated' : 'account.deactivated'
  if (role !== undefined) return 'account.role-changed'
  return second_factor === false ? 'second-factor.removed' : 'account.changed'
}
