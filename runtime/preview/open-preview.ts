import type { Manifest } from '../compiler/index.ts'
import { isError, UserError } from '../diagnostics/index.ts'
import { type Beside, buildBeside, type Change, changedModels, checkOut, diffManifests } from '../diff/index.ts'
import { checkProject, type Project } from '../project/index.ts'
import { createSemanticLayer, type SemanticLayer } from '../semantic/index.ts'
import type { Warehouse } from '../warehouse/index.ts'
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
  let beside: Beside | undefined
  const undo = async () => {
    await beside?.remove()
    await checkout.remove()
  }
  try {
    const project = await checkProject(checkout.dir)
    const errors = project.diagnostics.filter(isError)
    if (errors.length > 0) throw new UserError(errors)
    const changes = diffManifests(main, project.manifest)
    const changed = changedModels(changes, 'after')
    beside = await buildBeside({ manifest: project.manifest, changed, schema: SCHEMA, warehouse, projectDir: dir })
    const { manifest, relations } = beside
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
