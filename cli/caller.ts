import { ROLES, type Role } from '../runtime/definitions/index.ts'
import { diagnostic, fail, suggest, UserError } from '../runtime/diagnostics/index.ts'

/** Whom a command asks as: `role:org[:user]`. What is not said is found out from the warehouse. */
export interface As {
  readonly role: Role
  readonly org?: string
  readonly user?: string
}

export function parseAs(text: string | undefined): As {
  if (text === undefined) return { role: 'admin' }
  const [role = '', org = '', ...user] = text.split(':')
  return { role: parseRole(role), ...(org && { org }), ...(user.length > 0 && { user: user.join(':') }) }
}

export function parseRole(role: string): Role {
  const known = ROLES.find((name) => name === role)
  if (known !== undefined) return known
  const hint = suggest(role, ROLES)
  return fail('AM6006', `'${role}' is not a role.`, {
    hint: hint ?? 'Write --as role:tenant or --as role:tenant:user.',
  })
}

export function wrongOption(message: string, hint?: string): UserError {
  return new UserError(diagnostic('AM6006', message, { hint }))
}
