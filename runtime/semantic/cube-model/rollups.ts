import type { Leaf, PreAggregation, SemanticModel } from '../../compiler/index.ts'
import { type Code, type Literal, memberPath, memberPaths } from './cube-file.ts'
import { additiveParts } from './measures.ts'
import type { ModelIndex } from './model-index.ts'
import { cubeName } from './names.ts'

/** Cube's definition of the stored aggregates of a model; undefined where it has none. */
export function rollupsOf(index: ModelIndex, model: SemanticModel): Literal | undefined {
  if (model.preAggregations.length === 0) return undefined
  return Object.fromEntries(model.preAggregations.map((rollup) => [rollup.name, rollupOf(index, model, rollup)]))
}

function rollupOf(index: ModelIndex, model: SemanticModel, rollup: PreAggregation): Literal {
  const time = model.timeDimension
  const dimensions = rollupDimensions(index, model, rollup)
  return {
    type: 'rollup',
    external: false,
    scheduledRefresh: false,
    measures: memberPaths(storedLeaves(index, model, rollup).map((name) => `CUBE.${name}`)),
    dimensions,
    ...(rollup.grain === null || time === null
      ? {}
      : { timeDimension: memberPath(`CUBE.${time}`), granularity: rollup.grain }),
  }
}

/** What was asked for and what every query filters by: the tenant and the dimensions of row rules. */
function rollupDimensions(index: ModelIndex, model: SemanticModel, rollup: PreAggregation): Code {
  const tenant = index.manifest.project.tenantKey
  const refs = [
    ...rollup.dimensions,
    ...(tenant !== null && model.tenant ? [{ model: model.name, dimension: tenant }] : []),
    ...model.access.flatMap((access) => access.rows.map((row) => row.dimension)),
  ]
  const paths = refs.map((ref) =>
    ref.model === model.name
      ? `CUBE.${ref.dimension}`
      : [...index.path(model.name, ref.model).map((step) => cubeName(step.to.name)), ref.dimension].join('.'),
  )
  return memberPaths([...new Set(paths)])
}

/** Measures of the leaves (windowed ones too) of its metrics that can be added up. */
export function storedLeaves(index: ModelIndex, model: SemanticModel, rollup: PreAggregation): readonly string[] {
  const wanted = new Set(
    rollup.metrics.flatMap((name) => index.metric(name)?.leaves.map((leaf: Leaf) => leaf.metric) ?? []),
  )
  const parts = index
    .leavesOf(model.name)
    .filter((leaf) => wanted.has(leaf.metric))
    .flatMap((leaf) => additiveParts(index.simple(leaf.metric), leaf.key) ?? [])
  return [...new Set(parts)]
}
