import { type Store, type UserRow, writeAudit } from '../../store/index.ts'
import { beginAttempt, endAttempt } from './attempts.ts'
import { hashPassword, needsRehash, verifyPassword } from './password-hash.ts'
import type { Begun, IdentityProvider, Outcome } from './provider.ts'

const REFUSED = 'E-mail and password do not belong together.'
const FORM: Begun = {
  kind: 'form',
  fields: [
    { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username' },
    { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' },
  ],
}

/** Accounts whose password hash is in the store. */
export function createPasswordProvider(store: Store): IdentityProvider {
  return {
    name: 'password',
    label: 'E-mail and password',
    begin: async () => FORM,
    complete: async ({ fields, address }) => {
      const email = emailOf(fields.email ?? '')
      const seconds = await beginAttempt(store, email, address)
      if (seconds > 0) return { kind: 'wait', seconds }
      const account = await findByPassword(store, email, fields.password ?? '')
      if (account === undefined) return refuse(store, email, address)
      await endAttempt(store, email, address)
      return { kind: 'proved', claims: { subject: account.id, email, name: account.name, attributes: {} } }
    },
  }
}

/** As addresses are kept and compared. */
export function emailOf(text: string): string {
  return text.trim().toLowerCase()
}

/** The same address may have accounts in several organisations, each with a password of its own. */
async function findByPassword(store: Store, email: string, password: string): Promise<UserRow | undefined> {
  const accounts = await accountsOf(store, email)
  if (accounts.length === 0) await verifyPassword(password, null)
  for (const account of accounts) {
    if (!(await verifyPassword(password, account.password))) continue
    if (account.password !== null && needsRehash(account.password)) {
      const hash = await hashPassword(password)
      await store.db.updateTable('users').set({ password: hash }).where('id', '=', account.id).execute()
    }
    return account
  }
  return undefined
}

function accountsOf(store: Store, email: string): Promise<UserRow[]> {
  return store.db
    .selectFrom('users')
    .selectAll()
    .where('email', '=', email)
    .where('password', 'is not', null)
    .where('deactivated_at', 'is', null)
    .orderBy('last_sign_in_at', 'desc')
    .limit(5)
    .execute()
}

async function refuse(store: Store, email: string, address: string): Promise<Outcome> {
  for (const { org } of await accountsOf(store, email)) {
    await writeAudit(store.db, { org, actor: email, action: 'sign-in.failed', detail: { address } })
  }
  return { kind: 'refused', reason: REFUSED }
}
