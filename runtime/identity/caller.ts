import { ROLES, type Role } from '../definitions/index.ts'

export const SCOPES = ['ingest', 'query', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

/** Who is asking, as the credentials say. */
export interface Caller {
  readonly org: string | null
  readonly role: Role
  readonly user: string | null
  readonly scopes: readonly Scope[]
  /** For the audit log and rate limits: the key or session. */
  readonly credential: string
  /** Whom preferences and views belong to: the account, or else the person or the key. */
  readonly owner: string
  /** Null for keys, and for sessions that began with one or with a link. */
  readonly account: CallerAccount | null
}

export interface CallerAccount {
  readonly id: string
  readonly email: string
  readonly name: string | null
}

/** As the audit log names them. */
export function actorOf({ account, user, credential }: Pick<Caller, 'account' | 'user' | 'credential'>): string {
  return account?.email ?? user ?? credential
}

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text)
}

export function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text)
}
