import type { Manifest } from '../../compiler/index.ts'
import { UserError } from '../../diagnostics/index.ts'
import { build, type Warehouse } from '../../warehouse/index.ts'
import type { Change } from '../change.ts'
import { isolateModels } from './isolate-models.ts'

export interface BesideOptions {
  readonly manifest: Manifest
  /** Models that are not as they are in use. */
  readonly changed: ReadonlySet<string>
  readonly schema: string
  readonly warehouse: Warehouse
  readonly projectDir: string
}

/** A version of the project over the same warehouse. */
export interface Beside {
  /** With the models that differ, and those that read them, in the schema. */
  readonly manifest: Manifest
  /** Names of these models there. */
  readonly relations: readonly string[]
  remove(): Promise<void>
}

/** Builds the models that differ in a schema of their own; those in use stay as they are. */
export async function buildBeside({
  manifest,
  changed,
  schema,
  warehouse,
  projectDir,
}: BesideOptions): Promise<Beside> {
  const isolated = isolateModels(manifest, changed, schema)
  const remove = () => removeSchema(warehouse, schema)
  // One that was killed may have left its own behind.
  await remove()
  if (isolated.relations.length === 0) return { ...isolated, remove: async () => undefined }
  try {
    await warehouse.query(`CREATE SCHEMA IF NOT EXISTS ${warehouse.dialect.quote(schema)}`)
    const report = await build({ manifest: isolated.manifest, warehouse, projectDir, select: isolated.relations })
    if (!report.ok) throw new UserError(report.diagnostics)
    return { ...isolated, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** Models whose rows may differ, by the names that they have in a version. */
export function changedModels(changes: readonly Change[], version: 'before' | 'after'): ReadonlySet<string> {
  const changed = changes.filter(({ kind, effect }) => kind === 'relation' && effect !== 'cosmetic')
  return new Set(changed.map(({ name, from }) => (version === 'before' ? (from ?? name) : name)))
}

async function removeSchema(warehouse: Warehouse, schema: string): Promise<void> {
  await warehouse.query(`DROP SCHEMA IF EXISTS ${warehouse.dialect.quote(schema)} CASCADE`)
  if ((await warehouse.describe('_metrics.relations')).length === 0) return
  await warehouse.query(`DELETE FROM _metrics.relations WHERE relation LIKE '${schema}.%'`)
}
