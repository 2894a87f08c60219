import type { DimensionRef, Metric } from '../../compiler/index.ts'
import type { Role } from '../../definitions/index.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'

/** What a role is not shown. */
export interface Visibility {
  showsDimension(ref: DimensionRef): boolean
  showsMetric(metric: Metric): boolean
}

/** Looks up each role once. */
export function createVisibility(index: ModelIndex): (role: Role) => Visibility {
  const known = new Map<Role, Visibility>()
  return (role) => {
    const visibility = known.get(role) ?? visibilityOf(index, role)
    known.set(role, visibility)
    return visibility
  }
}

function visibilityOf(index: ModelIndex, role: Role): Visibility {
  const rules = index.manifest.models.flatMap((model) =>
    model.access.filter((access) => access.role === role).map((access) => ({ model: model.name, access })),
  )
  const dimensions = new Set(rules.flatMap(({ model, access }) => access.hide.map((name) => `${model}.${name}`)))
  const metrics = new Set(rules.flatMap(({ access }) => access.hideMetrics))
  return {
    showsDimension: (ref) => index.dimension(ref).public && !dimensions.has(`${ref.model}.${ref.dimension}`),
    showsMetric: (metric) => !metrics.has(metric.name) && metric.leaves.every((leaf) => !metrics.has(leaf.metric)),
  }
}
