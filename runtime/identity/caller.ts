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
}

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text)
}

export function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text)
}
