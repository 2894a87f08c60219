import type { Store, UserRow } from '../store/index.ts'
import {
  type Account,
  type AccountChange,
  type Answers,
  accountOfClaims,
  type Claims,
  changeAccount,
  changePassword,
  createLink,
  createPasswordProvider,
  enter,
  type IdentityProvider,
  type MappedPerson,
  type Reply,
  redeemLink,
  type SignIn,
  signInAccount,
  signInWithCode,
} from './accounts/index.ts'
import { type ApiKey, callerOfKey, createApiKey, listApiKeys, type NewApiKey, revokeApiKey } from './api-keys.ts'
import type { Caller } from './caller.ts'
import { hashSecret } from './secret.ts'
import {
  type Client,
  callerOfSession,
  closeSession,
  createSignInToken,
  endSessions,
  type FindPerson,
  openSession,
  type Person,
  redeemSignInToken,
} from './sessions.ts'

/** Who is asking: keys, accounts, sign-in links and sessions over the store. What ends a right ends it at once. */
export interface Identity {
  callerOfKey(key: string): Promise<Caller | undefined>
  callerOfSession(secret: string): Promise<Caller | undefined>
  createKey(key: NewApiKey, actor: string): Promise<{ readonly key: string; readonly id: string }>
  listKeys(org?: string | null): Promise<readonly ApiKey[]>
  revokeKey(id: string, actor: string, org?: string | null): Promise<ApiKey>
  createSignInToken(person: Person): Promise<string>
  /** A link with which the first person of a tenant makes the account of its admin. */
  createSetUpToken(org: string | null): Promise<string>
  /** Both give the secret of the new session, or undefined. */
  signInWithToken(token: string, client?: Client): Promise<string | undefined>
  signInWithKey(key: string, client?: Client): Promise<string | undefined>
  signInWithPassword(reply: Reply, client: Client): Promise<SignIn>
  signInWithCode(token: string, code: string, client: Client): Promise<SignIn>
  /** For somebody that another provider vouches for. */
  signInWithClaims(provider: string, claims: Claims, person: MappedPerson, client: Client): Promise<SignIn>
  signOut(secret: string): Promise<void>
  /** Makes the account of a link, or sets its password; goes on as after the password. */
  redeemLink(token: string, answers: Answers, client: Client): Promise<SignIn>
  changeAccount(org: string | null, id: string, change: AccountChange, actor: string): Promise<Account>
  changePassword(id: string, change: Parameters<typeof changePassword>[2]): Promise<void>
  endSessions(accountId: string, which: Parameters<typeof endSessions>[2]): Promise<number>
}

export interface IdentityOptions {
  /** Who in the warehouse has an e-mail address. */
  readonly findPerson?: FindPerson
  readonly passwords?: IdentityProvider
}

/** Long enough to spare the store most look-ups, short enough for a key that another process revoked. */
const REMEMBERED = 5_000

export function createIdentity(store: Store, options: IdentityOptions = {}): Identity {
  const { findPerson, passwords = createPasswordProvider(store) } = options
  const known = new Map<string, { readonly caller: Caller; readonly until: number }>()
  const remember = async (secret: string, find: () => Promise<Caller | undefined>) => {
    const hash = hashSecret(secret)
    const entry = known.get(hash)
    if (entry !== undefined && entry.until > Date.now()) return entry.caller
    const caller = await find()
    if (known.size > 10_000) known.clear()
    if (caller === undefined) known.delete(hash)
    else known.set(hash, { caller, until: Date.now() + REMEMBERED })
    return caller
  }
  const forget = () => known.clear()
  return {
    callerOfKey: (key) => remember(key, () => callerOfKey(store, key)),
    callerOfSession: (secret) => remember(secret, () => callerOfSession(store, secret, findPerson)),
    createKey: (key, actor) => createApiKey(store, key, actor),
    listKeys: (org) => listApiKeys(store, org),
    revokeKey: (id, actor, org) => revokeApiKey(store, id, actor, org).finally(forget),
    createSignInToken: (person) => createSignInToken(store, person),
    createSetUpToken: async (org) => (await createLink(store.db, { kind: 'set-up', org, role: 'admin' }, 'cli')).token,
    signInWithToken: (token, client) => redeemSignInToken(store, token, client),
    signInWithKey: async (key, client) => {
      const caller = await callerOfKey(store, key)
      if (!caller?.scopes.includes('query')) return undefined
      return openSession(store, caller, { ...client, way: 'key', keyId: caller.credential })
    },
    signInWithPassword: async (reply, client) => {
      const outcome = await passwords.complete(reply)
      return outcome.kind === 'proved' ? signInAccount(store, outcome.claims, client) : outcome
    },
    signInWithCode: (token, code, client) => signInWithCode(store, token, code, client),
    signInWithClaims: async (provider, claims, person, client) => {
      const account = await accountOfClaims(store, provider, claims, person)
      return isActive(account)
        ? enter(store, account, client)
        : { kind: 'refused', reason: 'This account is not active any more.' }
    },
    signOut: (secret) => closeSession(store, secret).finally(forget),
    redeemLink: async (token, answers, client) => {
      const { id, email, name } = await redeemLink(store, token, answers).finally(forget)
      return signInAccount(store, { subject: id, email: email ?? '', name, attributes: {} }, client)
    },
    changeAccount: (org, id, change, actor) => changeAccount(store, org, id, change, actor).finally(forget),
    changePassword: (id, change) => changePassword(store, id, change).finally(forget),
    endSessions: (accountId, which) => endSessions(store, accountId, which).finally(forget),
  }
}

function isActive({ deactivated_at }: UserRow): boolean {
  return deactivated_at === null
}
