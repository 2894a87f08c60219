import type { Store } from '../store/index.ts'
import { type ApiKey, callerOfKey, createApiKey, listApiKeys, type NewApiKey, revokeApiKey } from './api-keys.ts'
import type { Caller } from './caller.ts'
import { hashSecret } from './secret.ts'
import {
  callerOfSession,
  closeSession,
  createSignInToken,
  openSession,
  type Person,
  redeemSignInToken,
} from './sessions.ts'

/** Who is asking: keys, sign-in links and sessions over the store. */
export interface Identity {
  callerOfKey(key: string): Promise<Caller | undefined>
  callerOfSession(secret: string): Promise<Caller | undefined>
  createKey(key: NewApiKey, actor: string): Promise<{ readonly key: string; readonly id: string }>
  listKeys(org?: string | null): Promise<readonly ApiKey[]>
  revokeKey(id: string, actor: string, org?: string | null): Promise<ApiKey>
  createSignInToken(person: Person): Promise<string>
  /** Both give the secret of the new session, or undefined. */
  signInWithToken(token: string): Promise<string | undefined>
  signInWithKey(key: string): Promise<string | undefined>
  signOut(secret: string): Promise<void>
}

/** Long enough to spare the store most look-ups, short enough for a key that another process revoked. */
const REMEMBERED = 5_000

export function createIdentity(store: Store): Identity {
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
  return {
    callerOfKey: (key) => remember(key, () => callerOfKey(store, key)),
    callerOfSession: (secret) => remember(secret, () => callerOfSession(store, secret)),
    createKey: (key, actor) => createApiKey(store, key, actor),
    listKeys: (org) => listApiKeys(store, org),
    revokeKey: (id, actor, org) => revokeApiKey(store, id, actor, org).finally(() => known.clear()),
    createSignInToken: (person) => createSignInToken(store, person),
    signInWithToken: (token) => redeemSignInToken(store, token),
    signInWithKey: async (key) => {
      const caller = await callerOfKey(store, key)
      return caller?.scopes.includes('query') ? openSession(store, caller, caller.credential) : undefined
    },
    signOut: (secret) => closeSession(store, secret).finally(() => known.clear()),
  }
}
