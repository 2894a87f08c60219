import type { Dimension, DimensionRef, Manifest, Metric } from '../../../compiler/index.ts'
import type { SecurityContext } from '../../../semantic/index.ts'

/** What somebody may see of a project. */
export interface View {
  readonly manifest: Manifest
  readonly context: SecurityContext
  showsDimension(ref: DimensionRef): boolean
  showsMetric(name: string): boolean
  dimension(ref: DimensionRef): Dimension | undefined
}

export function viewOf(manifest: Manifest, context: SecurityContext): View {
  const rules = manifest.models.flatMap(({ name, access }) =>
    access.filter(({ role }) => role === context.role).map((rule) => ({ model: name, rule })),
  )
  const hidden = new Set(rules.flatMap(({ model, rule }) => rule.hide.map((name) => `${model}.${name}`)))
  const hiddenMetrics = new Set(rules.flatMap(({ rule }) => rule.hideMetrics))
  const dimensions = new Map(
    manifest.models.flatMap((model) => model.dimensions.map((item) => [`${model.name}.${item.name}`, item])),
  )
  const metrics = new Set(manifest.metrics.filter((metric) => shows(metric, hiddenMetrics)).map(({ name }) => name))
  return {
    manifest,
    context,
    dimension: (ref) => dimensions.get(nameOf(ref)),
    showsDimension: (ref) => dimensions.get(nameOf(ref))?.public === true && !hidden.has(nameOf(ref)),
    showsMetric: (name) => metrics.has(name),
  }
}

/** False for metrics that would show values of a dimension hidden from the role. */
const shows = (metric: Metric, hidden: ReadonlySet<string>): boolean =>
  !hidden.has(metric.name) && !metric.leaves.some((leaf) => hidden.has(leaf.metric))

export const nameOf = ({ model, dimension }: DimensionRef): string => `${model}.${dimension}`

/** Names of those that may be seen. */
export const shownNames = (view: View, refs: readonly DimensionRef[]): readonly string[] =>
  refs.filter(view.showsDimension).map(nameOf)

/** The name of a dimension that may be seen, or null. */
export const shownName = (view: View, ref: DimensionRef | null): string | null =>
  ref !== null && view.showsDimension(ref) ? nameOf(ref) : null
