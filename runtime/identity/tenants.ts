import type { Manifest } from '../compiler/index.ts'
import { fail } from '../diagnostics/index.ts'
import { relationSql, type Warehouse } from '../warehouse/index.ts'

/** The tenants that have rows in the warehouse, in order. */
export async function tenantsOf(manifest: Manifest, warehouse: Warehouse): Promise<readonly string[]> {
  const key = manifest.project.tenantKey
  if (key === null) return []
  const relations = await existingRelations(manifest, warehouse)
  if (relations.length === 0) return []
  const { quote } = warehouse.dialect
  const parts = relations.map(
    (relation) => `SELECT DISTINCT ${quote(key)} AS tenant FROM ${relationSql(warehouse.dialect, relation)}`,
  )
  const { rows } = await warehouse.query(`SELECT DISTINCT tenant FROM (${parts.join(' UNION ALL ')}) AS tenants`)
  return rows.flatMap(([tenant]) => (tenant === null ? [] : [String(tenant)])).sort()
}

/** The tenant where there is but one, null without tenancy; a question that names none is otherwise refused. */
export async function onlyTenant(manifest: Manifest, warehouse: Warehouse): Promise<string | null> {
  if (manifest.project.tenantKey === null) return null
  const [first, ...more] = await tenantsOf(manifest, warehouse)
  if (first !== undefined && more.length === 0) return first
  if (first === undefined) {
    return fail('AM6007', 'The warehouse holds no rows of any tenant yet.', {
      hint: 'Build the models: metrics build. Or say whom to ask as: --as admin:TENANT',
    })
  }
  return fail(
    'AM6002',
    `The warehouse holds several tenants, and a question is asked within one: ${listOf([first, ...more])}.`,
    {
      hint: `Say which: --as admin:${first} for questions, --org ${first} for the rest.`,
    },
  )
}

async function existingRelations({ models }: Manifest, warehouse: Warehouse): Promise<readonly string[]> {
  const all = [...new Set(models.filter(({ tenant }) => tenant).map(({ relation }) => relation))]
  const found = await Promise.all(all.map(async (relation) => (await warehouse.describe(relation)).length > 0))
  return all.filter((_, index) => found[index])
}

function listOf(tenants: readonly string[]): string {
  const shown = tenants.slice(0, 20).join(', ')
  return tenants.length > 20 ? `${shown} … (${tenants.length - 20} more)` : shown
}
