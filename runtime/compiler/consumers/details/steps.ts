import type { Detail } from '../../../definitions/index.ts'
import { suggest } from '../../../diagnostics/index.ts'
import type { DimensionRef, RecordSteps, SemanticModel } from '../../manifest.ts'
import { checkMetricName } from '../../metrics/index.ts'
import { resolveOrReport } from '../../models/index.ts'
import type { Declared } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'
import { keyOf, metricsIn } from './parts.ts'

type Steps = NonNullable<Detail['steps']>

/** The steps of a record, or null where they cannot be told apart or do not belong to it. */
export function compileSteps(
  catalogue: Catalogue,
  record: SemanticModel,
  declared: Declared<Steps>,
): RecordSteps | null {
  const { value } = declared
  const model = catalogue.semanticModels.find(({ name }) => name === value.model)
  const key = model && keyOf(model)
  if (model === undefined || key === undefined || !model.reachable.some((other) => other.model === record.name)) {
    reportModel(catalogue, record, declared, model)
    return null
  }
  const named = (part: 'id' | 'start' | 'order' | 'parent' | 'kind' | 'title' | 'status') =>
    value[part] === undefined ? null : dimensionAt(catalogue, model, declared, [part], value[part])
  const listed = (part: 'text' | 'facts') =>
    (value[part] ?? []).flatMap((name, index) => dimensionAt(catalogue, model, declared, [part, index], name) ?? [])
  const time = model.timeDimension === null ? null : { model: model.name, dimension: model.timeDimension }
  const { duration } = value
  const isTimed =
    duration !== undefined && checkMetricName(catalogue.project, duration, () => declared.at(['duration']))
  return {
    model: model.name,
    key,
    id: named('id') ?? key,
    order: named('order') ?? time ?? key,
    time,
    start: named('start'),
    parent: named('parent'),
    kind: named('kind'),
    title: named('title'),
    status: named('status'),
    text: listed('text'),
    facts: listed('facts'),
    duration: isTimed ? duration : null,
    metrics: metricsIn(catalogue, declared, value.metrics ?? []),
  }
}

function dimensionAt(
  { models, project }: Catalogue,
  { name }: SemanticModel,
  declared: Declared<Steps>,
  path: readonly (string | number)[],
  reference: string,
): DimensionRef | null {
  const asked = { homes: [name], subject: `\`${name}\`` }
  return resolveOrReport(project, models.space, asked, reference, () => declared.at(path)) ?? null
}

function reportModel(
  { project, semanticModels }: Catalogue,
  record: SemanticModel,
  declared: Declared<Steps>,
  found: SemanticModel | undefined,
): void {
  const { model } = declared.value
  if (found === undefined) {
    const isElsewhere =
      project.broken.has('semantic_models', model) ||
      project.declarations.semanticModels.some(({ value }) => value.name === model)
    if (isElsewhere) return
    const names = semanticModels.map(({ name }) => name)
    project.report('AM1209', `There is no semantic model \`${model}\`.`, {
      at: declared.at(['model']),
      hint: suggest(model, names),
    })
    return
  }
  project.report('AM1238', `Rows of \`${model}\` cannot be steps of \`${record.name}\`.`, {
    at: declared.at(['model']),
    hint: `Give \`${model}\` a \`primary_key\` and a join to \`${record.name}\`.`,
  })
}
