import { fail } from '../diagnostics/index.ts'
import { relationSql, type Warehouse } from '../warehouse/index.ts'
import type { FindPerson } from './sessions.ts'

/** Where the warehouse keeps the e-mail addresses of people. */
export interface PeopleSource {
  readonly relation: string
  readonly key: string
  readonly email: string
}

const REMEMBERED = 60_000

/** Finds people of the warehouse by e-mail. One it does not know, or a relation not built yet, gives null. */
export function createDirectory(
  people: PeopleSource | null,
  tenantKey: string | null,
  warehouse: Pick<Warehouse, 'query' | 'describe' | 'dialect'>,
): FindPerson {
  const known = new Map<string, { readonly id: string | null; readonly until: number }>()
  return async (org, email) => {
    if (people === null || email === '') return null
    const key = JSON.stringify([org, email])
    const entry = known.get(key)
    if (entry !== undefined && entry.until > Date.now()) return entry.id
    const id = await lookUp(people, tenantKey, warehouse, org, email)
    if (known.size > 10_000) known.clear()
    known.set(key, { id, until: Date.now() + REMEMBERED })
    return id
  }
}

/** Null where several people share the address: rights are not to be guessed. */
async function lookUp(
  people: PeopleSource,
  tenantKey: string | null,
  warehouse: Pick<Warehouse, 'query' | 'describe' | 'dialect'>,
  org: string | null,
  email: string,
): Promise<string | null> {
  if ((await warehouse.describe(people.relation)).length === 0) return null
  const { dialect } = warehouse
  const { quote } = dialect
  const ofTenant = tenantKey === null ? '' : ` AND ${quote(tenantKey)} = $2`
  const sql = `SELECT DISTINCT ${quote(people.key)} FROM ${relationSql(dialect, people.relation)}
    WHERE lower(${quote(people.email)}) = $1${ofTenant} LIMIT 2`
  const { rows } = await warehouse
    .query(sql, tenantKey === null ? [email] : [email, org])
    .catch((error: unknown) => unreadable(people, error))
  const [id] = rows[0] ?? []
  return rows.length === 1 && (typeof id === 'string' || typeof id === 'number') ? String(id) : null
}

function unreadable({ relation }: PeopleSource, error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error)
  return fail('AM5020', `People cannot be looked up by e-mail in ${relation}: ${reason}`, {
    hint: 'Check identity.people in metrics.config.ts, and run: metrics build',
  })
}
