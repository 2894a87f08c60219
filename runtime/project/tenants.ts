import type { Manifest } from '../compiler/index.ts'
import { fail } from '../diagnostics/index.ts'
import { relationSql, type Warehouse } from '../warehouse/index.ts'

/** The tenants that have rows in the warehouse, in order. */
export async function tenantsOf(manifest: Manifest, warehouse: Warehouse): Promise<readonly string[]> {
  const key = manifest.project.tenantKey
  if (key === null) return []
  const { quote } = warehouse.dialect
  const relations = new Set(manifest.models.filter(({ tenant }) => tenant).map(({ relation }) => relation))
  const found = await Promise.all(
    [...relations].map(async (relation) => (await warehouse.describe(relation)).length > 0),
  )
  const existing = [...relations].filter((_, index) => found[index])
  if (existing.length === 0) return []
  const parts = existing.map(
    (relation) => `SELECT DISTINCT ${quote(key)} AS tenant FROM ${relationSql(warehouse.dialect, relation)}`,
  )
  const { rows } = await warehouse.query(`SELECT DISTINCT tenant FROM (${parts.join(' UNION ALL ')}) AS tenants`)
  return rows.flatMap(([tenant]) => (tenant === null ? [] : [String(tenant)])).sort()
}

/** The tenant where there is but one; a question that names none is otherwise refused. */
export async function onlyTenant(manifest: Manifest, warehouse: Warehouse): Promise<string | null> {
  const [first, ...more] = await tenantsOf(manifest, warehouse)
  if (more.length === 0) return first ?? null
  const names = [first, ...more].slice(0, 20).join(', ')
  return fail('AM6002', `The warehouse holds several tenants, and a question is asked within one: ${names}.`, {
    hint: `Say whom to ask as: --as admin:${first}`,
  })
}
