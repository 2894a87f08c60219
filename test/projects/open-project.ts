import { resolve } from 'node:path'
import { isError } from '../../runtime/diagnostics/index.ts'
import { loadProject, type Project } from '../../runtime/project/index.ts'
import { createSemanticLayer, type SecurityContext, type SemanticLayer } from '../../runtime/semantic/index.ts'
import { build, openWarehouse, type Warehouse, type WarehouseLocation } from '../../runtime/warehouse/index.ts'

export interface OpenProject {
  readonly project: Project
  readonly warehouse: Warehouse
  readonly layer: SemanticLayer
  close(): Promise<void>
}

export const EVERYTHING: SecurityContext = { org: null, role: 'admin', user: null, attributes: {} }

/** Validates and builds a project in memory and opens its semantic layer; anything wrong is an error. */
export async function openProject(
  dir: string,
  fill: (warehouse: Warehouse) => Promise<void> = async () => undefined,
  location: WarehouseLocation = { type: 'duckdb', path: ':memory:' },
): Promise<OpenProject> {
  const project = await loadProject(resolve(dir))
  const errors = project.diagnostics.filter(isError)
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2))
  const warehouse = await openWarehouse(location)
  await fill(warehouse)
  const report = await build({ manifest: project.manifest, warehouse, projectDir: resolve(dir) })
  const failed = report.results.filter(({ status }) => status !== 'built')
  if (failed.length > 0) throw new Error(JSON.stringify(failed, null, 2))
  const layer = await createSemanticLayer({ manifest: project.manifest, warehouse })
  const close = async () => {
    await layer.close()
    await warehouse.close()
  }
  return { project, warehouse, layer, close }
}
