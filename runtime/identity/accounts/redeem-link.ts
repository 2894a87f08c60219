import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { fail } from '../../diagnostics/index.ts'
import { type AccountLinkRow, type Store, type StoreSchema, type UserRow, writeAudit } from '../../store/index.ts'
import { readLink, spendLink } from './account-links.ts'
import { hashPassword } from './password-hash.ts'
import { passwordProblem } from './password-policy.ts'
import { emailOf } from './password-provider.ts'

type Db = Kysely<StoreSchema>

export interface Answers {
  readonly password: string
  readonly name?: string
  /** Asked by set-up; an invitation has its own. */
  readonly email?: string
  /** Asked by set-up before there is any data. */
  readonly org?: string
}

/** Makes the account that a link is for, or sets the password anew; the link is used up. */
export async function redeemLink(store: Store, token: string, answers: Answers): Promise<UserRow> {
  const link = await readLink(store.db, token)
  if (link === undefined || link.kind === 'second-factor') return goneLink()
  const email = link.email ?? checkEmail(answers.email ?? '')
  const problem = passwordProblem(answers.password, email)
  if (problem !== undefined) fail('AM5040', problem)
  const password = await hashPassword(answers.password)
  return store.db.transaction().execute(async (tx) => {
    if (!(await spendLink(tx, link))) goneLink()
    if (link.account_id !== null) return setPassword(tx, link.account_id, password)
    const org = link.org ?? (answers.org?.trim() || null)
    if (link.kind === 'set-up') await refuseSecondSetUp(tx, org)
    return createAccount(tx, { ...link, org, email, name: answers.name?.trim() || link.name }, password)
  })
}

export function goneLink(): never {
  return fail('AM5042', 'This link was used already, taken back or is too old.', { hint: 'Ask for a new one.' })
}

export function checkEmail(text: string): string {
  const email = emailOf(text)
  if (email.length > 320 || !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*$/.test(email)) {
    fail('AM5033', `'${email}' is no e-mail address.`)
  }
  return email
}

async function createAccount(
  tx: Db,
  { org, email, name, role, kind, created_by }: AccountLinkRow & { readonly email: string },
  password: string,
): Promise<UserRow> {
  const account = await tx
    .insertInto('users')
    .values({ id: randomUUID(), org, email, name, role, password, password_changed_at: new Date() })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (account === undefined) return accountExists(email)
  const detail = { role, by: kind, created_by }
  await writeAudit(tx, { org, actor: email, action: 'account.created', subject: account.id, detail })
  return account
}

export function accountExists(email: string): never {
  return fail('AM5041', `${email} has an account already.`, { hint: 'Sign in with it, or ask an admin to reset it.' })
}

/** Whoever sets a new password is signed out everywhere else. */
async function setPassword(tx: Db, id: string, password: string): Promise<UserRow> {
  const account = await tx
    .updateTable('users')
    .set({ password, password_changed_at: new Date() })
    .where('id', '=', id)
    .where('deactivated_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (account === undefined) return goneLink()
  await tx.deleteFrom('sessions').where('account_id', '=', id).execute()
  const { org, email } = account
  await writeAudit(tx, { org, actor: email ?? id, action: 'password.reset', subject: id })
  return account
}

async function refuseSecondSetUp(tx: Db, org: string | null) {
  const first = await tx
    .selectFrom('users')
    .select('id')
    .where('org', 'is not distinct from', org)
    .where('role', '=', 'admin')
    .where('deactivated_at', 'is', null)
    .executeTakeFirst()
  if (first !== undefined) {
    fail('AM5042', 'There is an admin already: the set-up is done.', { hint: 'Ask the admin for an invitation.' })
  }
}
