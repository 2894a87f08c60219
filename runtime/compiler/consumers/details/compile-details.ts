import type { Detail } from '../../../definitions/index.ts'
import type { DimensionRef, RecordDetail, SemanticModel } from '../../manifest.ts'
import { resolveOrReport } from '../../models/index.ts'
import { type Declared, inside } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'
import { keyOf, metricsIn } from './parts.ts'
import { compileSteps } from './steps.ts'

/** How single rows of each model with a primary key are shown: as declared, or else with all its own dimensions. */
export function compileDetails(catalogue: Catalogue): readonly RecordDetail[] {
  return catalogue.semanticModels.flatMap((model) => {
    const key = keyOf(model)
    return key === undefined ? [] : [compileDetail(catalogue, model, key)]
  })
}

function compileDetail(catalogue: Catalogue, model: SemanticModel, key: DimensionRef): RecordDetail {
  const node = catalogue.models.space.nodes.get(model.name)
  const value = node?.declared.value.detail
  if (node === undefined || value === undefined) {
    return { model: model.name, key, columns: ownDimensions(model), metrics: [], export: [], steps: null }
  }
  const declared = inside(node.declared, ['detail'], value)
  const columns = dimensionsIn(catalogue, model, declared, 'columns')
  return {
    model: model.name,
    key,
    columns: columns.length > 0 ? columns : ownDimensions(model),
    metrics: metricsIn(catalogue, declared, value.metrics ?? []),
    export: dimensionsIn(catalogue, model, declared, 'export'),
    steps: value.steps === undefined ? null : compileSteps(catalogue, model, inside(declared, ['steps'], value.steps)),
  }
}

const ownDimensions = ({ name, dimensions }: SemanticModel): readonly DimensionRef[] =>
  dimensions.filter((dimension) => dimension.public).map((dimension) => ({ model: name, dimension: dimension.name }))

function dimensionsIn(
  { models, project }: Catalogue,
  { name }: SemanticModel,
  declared: Declared<Detail>,
  key: 'columns' | 'export',
): readonly DimensionRef[] {
  const asked = { homes: [name], subject: `\`${name}\`` }
  return (declared.value[key] ?? []).flatMap(
    (reference, index) =>
      resolveOrReport(project, models.space, asked, reference, () => declared.at([key, index])) ?? [],
  )
}
