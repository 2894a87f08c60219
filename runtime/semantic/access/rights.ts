import type { Role } from '../../definitions/index.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'
import type { SecurityContext } from '../security-context.ts'

/**
 * Leaves of a caller what decides about answers: tenant, role, and the attributes that row rules of the role compare
 * with. Queries are planned with this alone, so callers for whom it is the same get the same answers.
 */
export function createRights(index: ModelIndex): (context: SecurityContext) => SecurityContext {
  const known = new Map<Role, ReadonlySet<string>>()
  return ({ org, role, user, attributes }) => {
    const names = known.get(role) ?? comparedBy(index, role)
    known.set(role, names)
    return {
      org,
      role,
      user: names.has('id') ? user : null,
      attributes: Object.fromEntries([...names].flatMap((name) => ofPerson(attributes, name))),
    }
  }
}

/** Names after `user.`, in order. */
function comparedBy(index: ModelIndex, role: Role): ReadonlySet<string> {
  const rules = index.manifest.models.flatMap(({ access }) => access.filter((rule) => rule.role === role))
  const values = rules.flatMap(({ rows }) => rows.map(({ value }) => value))
  const names = values.flatMap((value) => ('attribute' in value ? [value.attribute.replace(/^user\./, '')] : []))
  return new Set(names.sort())
}

const ofPerson = (attributes: SecurityContext['attributes'], name: string): [string, unknown][] =>
  Object.hasOwn(attributes, name) ? [[name, attributes[name]]] : []
