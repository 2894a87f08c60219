import { fail } from '../../diagnostics/index.ts'
import { type Store, type UserRow, writeAudit } from '../../store/index.ts'
import { endSessions } from '../sessions.ts'
import { type Account, describeAccount } from './accounts.ts'
import { beginAttempt, endAttempt } from './attempts.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { passwordProblem } from './password-policy.ts'
import { enrolment, needsSecondFactor, takeCode } from './sign-in.ts'

export async function ownAccount(store: Store, id: string): Promise<Account> {
  return describeAccount(await rowOf(store, id))
}

export async function renameAccount(store: Store, id: string, name: string): Promise<Account> {
  const renamed = store.db
    .updateTable('users')
    .set({ name: name.trim() || null })
    .where('id', '=', id)
  return describeAccount(await renamed.returningAll().executeTakeFirstOrThrow())
}

/** Changes one's password; every session but `session` ends. */
export async function changePassword(
  store: Store,
  id: string,
  { current, next, session }: { readonly current: string; readonly next: string; readonly session: string },
): Promise<void> {
  const account = await rowOf(store, id)
  await checkPassword(store, account, current)
  const problem = passwordProblem(next, account.email ?? '')
  if (problem !== undefined) fail('AM5040', problem)
  const password = await hashPassword(next)
  const changed = store.db.updateTable('users').set({ password, password_changed_at: new Date() })
  await changed.where('id', '=', id).execute()
  await endSessions(store, id, { except: session })
  await audit(store, account, 'password.changed')
}

/** The secret to add to an authenticator. */
export async function beginSecondFactor(store: Store, id: string): Promise<{ secret: string; email: string }> {
  const account = await rowOf(store, id)
  if (account.totp_enabled_at !== null) fail('AM5041', 'There is an authenticator already.')
  return enrolment(store, account)
}

export async function confirmSecondFactor(store: Store, id: string, code: string): Promise<Account> {
  const account = await rowOf(store, id)
  await guarded(store, `code:${id}`, () => takeCode(store, account, code), 'This code is not right.')
  return ownAccount(store, id)
}

export async function removeSecondFactor(store: Store, id: string, password: string): Promise<Account> {
  const account = await rowOf(store, id)
  if (await needsSecondFactor(store, account.org)) {
    fail('AM5031', 'Your organisation asks everybody for a second factor.')
  }
  await checkPassword(store, account, password)
  const none = { totp_secret: null, totp_enabled_at: null, totp_last_step: null }
  await store.db.updateTable('users').set(none).where('id', '=', id).execute()
  await audit(store, account, 'second-factor.removed')
  return ownAccount(store, id)
}

function checkPassword(store: Store, { id, password }: UserRow, given: string): Promise<void> {
  return guarded(store, `password:${id}`, () => verifyPassword(given, password), 'This is not your password.')
}

/** Somebody at an open screen does not get to guess, either. */
async function guarded(store: Store, guard: string, check: () => Promise<boolean>, refusal: string) {
  const seconds = await beginAttempt(store, guard, guard)
  if (seconds > 0) fail('AM5046', `Too many attempts; wait ${seconds} s.`)
  if (!(await check())) fail('AM5045', refusal)
  await endAttempt(store, guard, guard)
}

async function rowOf(store: Store, id: string): Promise<UserRow> {
  const row = await store.db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
  return row ?? fail('AM5044', 'There is no such account.')
}

function audit(store: Store, { id, org, email }: UserRow, action: string) {
  return writeAudit(store.db, { org, actor: email ?? id, action, subject: id })
}
