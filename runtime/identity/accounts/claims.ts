import { randomUUID } from 'node:crypto'
import { ROLES, type Role } from '../../definitions/index.ts'
import { type Store, type UserRow, writeAudit } from '../../store/index.ts'
import { emailOf } from './password-provider.ts'
import type { Claims } from './provider.ts'

/** How what a provider says becomes a tenant, a role and a person of the warehouse. */
export interface ClaimMapping {
  /** The tenant, or the claim that names it. */
  readonly org: { readonly value: string | null } | { readonly claim: string }
  /** The claim with groups or a role, the role that each value gives (the highest counts), and that of anybody else. */
  readonly role: {
    readonly claim: string
    readonly values: Readonly<Record<string, Role>>
    readonly otherwise: Role | null
  }
  /** The claim with the id in the warehouse; found by e-mail without one. */
  readonly user?: string
}

export interface MappedPerson {
  readonly org: string | null
  readonly role: Role
  readonly user: string | null
}

/** Undefined for somebody who has no business here: no tenant, or no role. */
export function personOfClaims({ attributes }: Claims, mapping: ClaimMapping): MappedPerson | undefined {
  const org = 'value' in mapping.org ? mapping.org.value : textOf(attributes[mapping.org.claim])
  const role = roleOf(attributes[mapping.role.claim], mapping)
  if (org === undefined || role === undefined) return undefined
  return { org, role, user: (mapping.user && textOf(attributes[mapping.user])) || null }
}

/** The account of a person that a provider vouches for: made at the first sign-in, brought up to date at each. */
export async function accountOfClaims(
  store: Store,
  provider: string,
  claims: Claims,
  { org, role, user }: MappedPerson,
): Promise<UserRow> {
  const email = emailOf(claims.email)
  const facts = { role, name: claims.name, directory_id: user, provider, external_id: claims.subject }
  return store.db.transaction().execute(async (tx) => {
    const known = await tx
      .selectFrom('users')
      .selectAll()
      .where('org', 'is not distinct from', org)
      .where((is) =>
        is.or([
          is('email', '=', email),
          is.and([is('provider', '=', provider), is('external_id', '=', claims.subject)]),
        ]),
      )
      .executeTakeFirst()
    const detail = { provider, role }
    if (known !== undefined) {
      if (known.role !== role) {
        await writeAudit(tx, { org, actor: provider, action: 'account.role-changed', subject: known.id, detail })
      }
      const changed = tx
        .updateTable('users')
        .set({ ...facts, email })
        .where('id', '=', known.id)
      return changed.returningAll().executeTakeFirstOrThrow()
    }
    const id = randomUUID()
    await writeAudit(tx, { org, actor: email, action: 'account.created', subject: id, detail })
    return tx
      .insertInto('users')
      .values({ id, org, email, ...facts })
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

function roleOf(claim: unknown, { role: { values, otherwise } }: ClaimMapping): Role | undefined {
  const given = (Array.isArray(claim) ? claim : [claim]).map((value) => values[String(value)])
  return ROLES.find((role) => given.includes(role)) ?? otherwise ?? undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
