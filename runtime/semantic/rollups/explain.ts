import type { DimensionRef, PreAggregation, SemanticModel } from '../../compiler/index.ts'
import type { Grain } from '../../definitions/index.ts'
import { GRAINS } from '../../definitions/index.ts'
import type { CubeFilter, CubeRequest } from '../cube/cube-request.ts'
import { additiveParts } from '../cube-model/measures.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'
import { memberName } from '../cube-model/names.ts'

/** Why a stored aggregate cannot answer a request to the view of its model; null where nothing speaks against it. */
export function whyNot(
  index: ModelIndex,
  model: SemanticModel,
  rollup: PreAggregation,
  request: CubeRequest,
): string | null {
  return (
    wrongMetric(index, model, rollup, request) ??
    missingDimension(index, model, rollup, request) ??
    wrongTime(index, model, rollup, request)
  )
}

function wrongMetric(
  index: ModelIndex,
  model: SemanticModel,
  rollup: PreAggregation,
  request: CubeRequest,
): string | null {
  const stored = new Set(rollup.metrics.flatMap((name) => index.metric(name)?.leaves.map((leaf) => leaf.metric) ?? []))
  const names = [...request.measures, ...membersOf(request.filters)].map((member) =>
    member.slice(model.name.length + 1),
  )
  if (request.measures.length === 0) return 'the query asks for no metric'
  for (const name of names) {
    for (const leaf of index.metric(name)?.leaves ?? []) {
      const simple = index.simple(leaf.metric)
      if (!stored.has(leaf.metric)) return `it does not store \`${leaf.metric}\``
      if (additiveParts(simple, leaf.key) === null)
        return `\`${leaf.metric}\` (${simple.agg}) cannot be added up from stored parts`
    }
  }
  return null
}

function missingDimension(
  index: ModelIndex,
  model: SemanticModel,
  rollup: PreAggregation,
  request: CubeRequest,
): string | null {
  const tenant = index.manifest.project.tenantKey
  const member = (ref: DimensionRef) => `${model.name}.${memberName(model.name, ref)}`
  const stored = new Set([
    ...rollup.dimensions.map(member),
    ...model.access.flatMap((access) => access.rows.map((row) => member(row.dimension))),
    ...(tenant === null ? [] : [`${model.name}.${tenant}`]),
    ...(rollup.grain === null ? [] : [`${model.name}.${model.timeDimension}`]),
  ])
  const isMetric = (name: string) => index.metric(name.slice(model.name.length + 1)) !== undefined
  const grouped = request.dimensions.find((name) => !stored.has(name))
  if (grouped !== undefined) return `it is not grouped by \`${grouped.slice(model.name.length + 1)}\``
  const filtered = membersOf(request.filters).find((name) => !isMetric(name) && !stored.has(name))
  return filtered === undefined
    ? null
    : `the query filters by \`${filtered.slice(model.name.length + 1)}\`, which it lacks`
}

function wrongTime(
  index: ModelIndex,
  model: SemanticModel,
  rollup: PreAggregation,
  request: CubeRequest,
): string | null {
  const { timezone } = index.manifest.project
  const [time] = request.timeDimensions
  const timeFilter = membersOf(request.filters).includes(`${model.name}.${model.timeDimension}`)
  if (time === undefined) return timeFilter ? 'the query filters by instants' : null
  if (rollup.grain === null) return 'it has no grain'
  if (request.timezone !== timezone) return `it is stored in ${timezone}, the query is in ${request.timezone}`
  if (time.granularity !== undefined && !divides(rollup.grain, time.granularity as Grain)) {
    return `its grain (${rollup.grain}) does not add up to ${time.granularity}`
  }
  if (rollup.grain !== 'hour' && time.dateRange?.some((edge) => !/T(00:00:00\.000|23:59:59\.999)$/.test(edge))) {
    return `the query begins or ends within a ${rollup.grain}`
  }
  return null
}

/** True where buckets of the finer grain add up to those of the coarser. */
function divides(fine: Grain, coarse: Grain): boolean {
  if (fine === 'week') return coarse === 'week'
  return (
    GRAINS.indexOf(fine) <= GRAINS.indexOf(coarse) &&
    !(coarse === 'week' && GRAINS.indexOf(fine) > GRAINS.indexOf('day'))
  )
}

export function membersOf(filters: readonly CubeFilter[]): readonly string[] {
  return filters.flatMap((filter) => {
    if ('and' in filter) return membersOf(filter.and)
    return 'or' in filter ? membersOf(filter.or) : [filter.member]
  })
}
