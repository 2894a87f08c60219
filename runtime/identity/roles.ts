import type { Role } from '../definitions/index.ts'
import type { Caller } from './caller.ts'

const RANK: Readonly<Record<Role, number>> = { viewer: 0, user: 1, manager: 2, admin: 3 }

/** Nobody gives rights beyond their own. */
export function mayGrant({ role }: Pick<Caller, 'role'>, granted: Role): boolean {
  return RANK[granted] <= RANK[role]
}
