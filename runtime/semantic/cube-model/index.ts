import type { Manifest } from '../../compiler/index.ts'
import { type Dialect, duckDbDialect } from '../../warehouse/index.ts'
import { allColumns } from './column-list.ts'
import { print } from './cube-file.ts'
import { modelCube } from './model-cube.ts'
import { indexManifest, type ModelIndex } from './model-index.ts'
import { stackCube } from './stack/stack-cube.ts'
import { modelView, stackView } from './view.ts'

export interface ModelFile {
  readonly fileName: string
  readonly content: string
}

/** Cube's data model of a manifest, one file for each semantic model and stack; pure. */
export const generateCubeFiles = (manifest: Manifest, dialect: Dialect = duckDbDialect): readonly ModelFile[] =>
  cubeModel(indexManifest(manifest), dialect).map(({ fileName, content }) => ({
    fileName,
    content: allColumns(content),
  }))

/** The same with columns that `keepNamedColumns` can leave out of a query. */
export function cubeModel(index: ModelIndex, dialect: Dialect): readonly ModelFile[] {
  const { manifest } = index
  const models = manifest.models.map((model) => ({
    fileName: `${model.name}.js`,
    content: file(modelCube(index, dialect, model), modelView(index, model)),
  }))
  const stacks = manifest.stacks.map((stack) => ({
    fileName: `${stack.name}.js`,
    content: file(stackCube(index, dialect, stack), stackView(index, stack)),
  }))
  return [...models, ...stacks]
}

interface Named {
  readonly name: string
  readonly definition: Parameters<typeof print>[0]
}

const file = (cube: Named, view: Named): string =>
  `cube(${JSON.stringify(cube.name)}, ${print(cube.definition)})\n\nview(${JSON.stringify(view.name)}, ${print(view.definition)})\n`
