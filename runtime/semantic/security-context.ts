import type { Role } from '../definitions/index.ts'

/** Who is asking. `attributes` are what access rules call `user.<name>`. */
export interface SecurityContext {
  readonly org: string | null
  readonly role: Role
  readonly user: string | null
  readonly attributes: Readonly<Record<string, unknown>>
}
