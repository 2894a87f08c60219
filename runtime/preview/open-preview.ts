import type { Manifest } from '../compiler/index.ts'
import { isError, UserError } from '../diagnostics/index.ts'
import { type Change, checkOut, diffManifests, isolateModels } from '../diff/index.ts'
import { checkProject, type Project } from '../project/index.ts'
import { createSemanticLayer, type SemanticLayer } from '../semantic/index.ts'
import { build, type Warehouse } from '../warehouse/index.ts'
import { type ChangedWidget, changedWidgets } from './preview-info.ts'

export interface Preview {
  readonly commit: string
  readonly project: Project
  /** Of the version, with the models that differ in a schema of their own. */
  readonly manifest: Manifest
  readonly layer: SemanticLayer
  readonly changes: readonly Change[]
  /** Changed widgets as the page of each side shows them. */
  readonly widgets: Readonly<Record<'main' | 'preview', readonly ChangedWidget[]>>
  /** Names of the models that were built for it. */
  readonly built: readonly string[]
  close(): Promise<void>
}

const SCHEMA = 'metrics_preview'

interface Options {
  readonly dir: string
  readonly ref: string
  /** The version that it is compared with. */
  readonly main: Manifest
  readonly warehouse: Warehouse
}

/** Another version of the project over the same warehouse: what differs is built beside what is in use. */
export async function openPreview({ dir, ref, main, warehouse }: Options): Promise<Preview> {
  const checkout = await checkOut(dir, ref)
  const undo = async () => {
    await removeBuilt(warehouse)
    await checkout.remove()
  }
  try {
    const project = await checkProject(checkout.dir)
    const errors = project.diagnostics.filter(isError)
    if (errors.length > 0) throw new UserError(errors)
    const changes = diffManifests(main, project.manifest)
    const { manifest, relations } = isolateModels(project.manifest, changedModels(changes), SCHEMA)
    await removeBuilt(warehouse)
    if (relations.length > 0) await buildBeside(warehouse, manifest, relations, dir)
    const layer = await createSemanticLayer({ manifest, warehouse, rollups: 'manual' })
    return {
      ...{ commit: checkout.commit, project, manifest, layer, changes, built: relations },
      widgets: {
        main: changedWidgets(main, project.manifest, changes),
        preview: changedWidgets(project.manifest, main, changes),
      },
      close: async () => {
        await layer.close()
        await undo()
      },
    }
  } catch (error) {
    await undo()
    throw error
  }
}

function changedModels(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(
    changes.filter(({ kind, effect }) => kind === 'relation' && effect !== 'cosmetic').map(({ name }) => name),
  )
}

async function buildBeside(warehouse: Warehouse, manifest: Manifest, select: readonly string[], projectDir: string) {
  await warehouse.query(`CREATE SCHEMA IF NOT EXISTS ${warehouse.dialect.quote(SCHEMA)}`)
  const report = await build({ manifest, warehouse, projectDir, select })
  if (!report.ok) throw new UserError(report.diagnostics)
}

/** What a preview that was killed left behind goes as well. */
async function removeBuilt(warehouse: Warehouse): Promise<void> {
  await warehouse.query(`DROP SCHEMA IF EXISTS ${warehouse.dialect.quote(SCHEMA)} CASCADE`)
  if ((await warehouse.describe('_metrics.relations')).length === 0) return
  await warehouse.query(`DELETE FROM _metrics.relations WHERE relation LIKE '${SCHEMA}.%'`)
}
