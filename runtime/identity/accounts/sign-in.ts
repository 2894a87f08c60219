import type { Role } from '../../definitions/index.ts'
import { readSetting, type Store, type UserRow, writeAudit } from '../../store/index.ts'
import { type Client, openSession } from '../sessions.ts'
import { createLink, readLink, spendLink } from './account-links.ts'
import { beginAttempt, endAttempt } from './attempts.ts'
import type { Claims, Outcome } from './provider.ts'
import { createTotpSecret, totpStep } from './totp.ts'

export type SignIn =
  /** The secret of the session. */
  | { readonly kind: 'in'; readonly secret: string }
  /** A code of the authenticator is still to come; where there is none yet, with the secret to set it up. */
  | { readonly kind: 'code'; readonly token: string; readonly enrol: { secret: string; email: string } | null }
  | Exclude<Outcome, { readonly kind: 'proved' }>

const GONE: SignIn = { kind: 'refused', reason: 'That took too long. Sign in once more.' }

/** Whether everybody of the organisation signs in with a second factor. */
export async function needsSecondFactor(store: Store, org: string | null): Promise<boolean> {
  return (await readSetting(store.db, org, 'require_second_factor')) === true
}

/** Goes on with a local account after its password was right. */
export async function signInAccount(store: Store, { subject }: Claims, client: Client): Promise<SignIn> {
  const account = await rowOf(store, subject)
  if (account === undefined) return GONE
  const enrolled = account.totp_enabled_at !== null
  if (!enrolled && !(await needsSecondFactor(store, account.org))) return enter(store, account, client)
  const link = await createLink(
    store.db,
    { kind: 'second-factor', org: account.org, role: account.role as Role, accountId: account.id },
    account.email ?? account.id,
  )
  return { kind: 'code', token: link.token, enrol: enrolled ? null : await enrolment(store, account) }
}

/** Goes on with what `signInAccount` gave, and a code of the authenticator. */
export async function signInWithCode(store: Store, token: string, code: string, client: Client): Promise<SignIn> {
  const link = await readLink(store.db, token)
  const account = link?.kind === 'second-factor' ? await rowOf(store, link.account_id ?? '') : undefined
  if (link === undefined || account === undefined || account.totp_secret === null) return GONE
  const guard = `code:${account.id}`
  const seconds = await beginAttempt(store, guard, client.address ?? '')
  if (seconds > 0) return { kind: 'wait', seconds }
  if (!(await takeCode(store, account, code))) {
    const { org, email } = account
    await writeAudit(store.db, { org, actor: email ?? account.id, action: 'second-factor.failed', subject: account.id })
    return { kind: 'refused', reason: 'This code is not right, or was used already. Wait for the next one.' }
  }
  await endAttempt(store, guard, client.address ?? '')
  if (!(await spendLink(store.db, link))) return GONE
  return enter(store, account, client)
}

/** Opens the session of an account that proved all it has to. */
export async function enter(store: Store, account: UserRow, client: Client): Promise<SignIn> {
  const { id, org, role, email, provider } = account
  await store.db.updateTable('users').set({ last_sign_in_at: new Date() }).where('id', '=', id).execute()
  const way = provider === 'password' ? 'password' : 'provider'
  const person = { org, role: role as Role, user: null }
  return { kind: 'in', secret: await openSession(store, person, { ...client, way, account: { id, email } }) }
}

/** The secret for an authenticator; it counts once a code of it was given. */
export async function enrolment(store: Store, account: UserRow): Promise<{ secret: string; email: string }> {
  const secret = account.totp_secret ?? createTotpSecret()
  await store.db.updateTable('users').set({ totp_secret: secret }).where('id', '=', account.id).execute()
  return { secret, email: account.email ?? '' }
}

/** Takes a code, each once, and with the first one the authenticator counts. */
export async function takeCode(store: Store, account: UserRow, code: string): Promise<boolean> {
  const last = Number(account.totp_last_step ?? 0)
  const step = account.totp_secret === null ? undefined : totpStep(account.totp_secret, code, last)
  if (step === undefined) return false
  const taken = await store.db
    .updateTable('users')
    .set({ totp_last_step: String(step), totp_enabled_at: account.totp_enabled_at ?? new Date() })
    .where('id', '=', account.id)
    .where((is) => is.or([is('totp_last_step', 'is', null), is('totp_last_step', '<', String(step))]))
    .returning('id')
    .executeTakeFirst()
  if (taken !== undefined && account.totp_enabled_at === null) {
    const { org, email, id } = account
    await writeAudit(store.db, { org, actor: email ?? id, action: 'second-factor.added', subject: id })
  }
  return taken !== undefined
}

function rowOf(store: Store, id: string): Promise<UserRow | undefined> {
  const rows = store.db.selectFrom('users').selectAll().where('id', '=', id)
  return rows.where('deactivated_at', 'is', null).executeTakeFirst()
}
