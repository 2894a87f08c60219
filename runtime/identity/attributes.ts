import { fail } from '../diagnostics/index.ts'
import type { Warehouse } from '../warehouse/index.ts'

type Scalar = string | number | boolean | null
export type Attributes = Readonly<Record<string, Scalar | readonly Scalar[]>>

/** Where the warehouse says what a person belongs to: a row (or several) for each user. */
export interface AttributeSource {
  readonly relation: string
  /** Column with the id of the user. */
  readonly key: string
  /** Column for each attribute; `user.<attribute>` in access rules. */
  readonly attributes: Readonly<Record<string, string>>
}

interface Person {
  readonly org: string | null
  readonly user: string | null
}

/**
 * What the warehouse knows about a person. Several rows give a list of their values. A person it does not know has no
 * attributes, so rules that need one show nothing.
 */
export async function lookUpAttributes(
  source: AttributeSource | null,
  tenantKey: string | null,
  warehouse: Pick<Warehouse, 'query' | 'dialect'>,
  person: Person,
): Promise<Attributes> {
  if (source === null || person.user === null) return {}
  const { quote } = warehouse.dialect
  const names = Object.keys(source.attributes)
  const columns = names.map((name) => quote(source.attributes[name] ?? name))
  const relation = source.relation.split('.').map(quote).join('.')
  const ofTenant = tenantKey === null ? '' : ` AND ${quote(tenantKey)} = $2`
  const params = tenantKey === null ? [person.user] : [person.user, person.org]
  const { rows } = await warehouse
    .query(`SELECT ${columns.join(', ')} FROM ${relation} WHERE ${quote(source.key)} = $1${ofTenant}`, params)
    .catch((error: unknown) => unreadable(source, error))
  return Object.fromEntries(names.map((name, index) => [name, valuesOf(rows.map((row) => row[index]))]))
}

type LookUp = (person: Person) => Promise<Attributes>

const MOST_PEOPLE = 10_000

/** Looks each person up once for every version of the relation; null where nobody knows when it changes. */
export function rememberAttributes(lookUp: LookUp, versionOf: () => Promise<number | null>): LookUp {
  let version: number | null = null
  const known = new Map<string, Promise<Attributes>>()
  return async (person) => {
    if (person.user === null) return lookUp(person)
    const now = await versionOf()
    if (now === null) return lookUp(person)
    if (now !== version || known.size >= MOST_PEOPLE) known.clear()
    version = now
    const key = JSON.stringify([person.org, person.user])
    const found = known.get(key) ?? lookUp(person)
    known.set(key, found)
    return found.catch((error: unknown) => {
      known.delete(key)
      throw error
    })
  }
}

function valuesOf(cells: readonly unknown[]): Scalar | readonly Scalar[] {
  const values = [...new Set(cells.flatMap((cell) => (Array.isArray(cell) ? cell : [cell])).filter(isScalar))]
  return values.length === 1 ? (values[0] ?? null) : values.filter((value) => value !== null)
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function unreadable(source: AttributeSource, error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error)
  return fail('AM5020', `The attributes of the caller cannot be read from ${source.relation}: ${reason}`, {
    hint: 'Check identity in metrics.config.ts, and run: metrics build',
  })
}
