import type {
  Dimension,
  DimensionRef,
  Join,
  Leaf,
  Manifest,
  Metric,
  SemanticModel,
  SimpleMetric,
  Stack,
} from '../../compiler/index.ts'
import { homeOf } from './names.ts'

/** A step from one model to the next: the columns that meet. */
export interface JoinStep {
  readonly from: SemanticModel
  readonly to: SemanticModel
  readonly left: string
  readonly right: string
}

/** Look-ups over a manifest by name. */
export interface ModelIndex {
  readonly manifest: Manifest
  model(name: string): SemanticModel
  hasModel(name: string): boolean
  stack(name: string): Stack | undefined
  metric(name: string): Metric | undefined
  simple(name: string): SimpleMetric
  dimension(ref: DimensionRef): Dimension
  /** The joins from `from` to a model it reaches; empty for itself. */
  path(from: string, to: string): readonly JoinStep[]
  reaches(from: string, to: string): boolean
  metricsOf(home: string): readonly Metric[]
  /** Leaves of the metrics at home here, each once, by key. */
  leavesOf(home: string): readonly Leaf[]
}

export function indexManifest(manifest: Manifest): ModelIndex {
  const models = new Map(manifest.models.map((model) => [model.name, model]))
  const metrics = new Map(manifest.metrics.map((metric) => [metric.name, metric]))
  const stacks = new Map(manifest.stacks.map((stack) => [stack.name, stack]))
  const dimensions = new Map(
    manifest.models.flatMap((model) =>
      model.dimensions.map((dimension) => [`${model.name}.${dimension.name}`, dimension]),
    ),
  )
  const byHome = groupByHome(manifest.metrics)
  const model = (name: string) => known(models.get(name), `model ${name}`)
  const metricsOf = (home: string) => byHome.get(home) ?? []
  return {
    manifest,
    model,
    hasModel: (name) => models.has(name),
    stack: (name) => stacks.get(name),
    metric: (name) => metrics.get(name),
    simple: (name) => {
      const metric = known(metrics.get(name), `metric ${name}`)
      if (metric.type !== 'simple') throw new Error(`${name} is not a simple metric`)
      return metric
    },
    dimension: (ref) =>
      known(dimensions.get(`${ref.model}.${ref.dimension}`), `dimension ${ref.model}.${ref.dimension}`),
    path: (from, to) => joinSteps(model, from, to),
    reaches: (from, to) => model(from).reachable.some((reachable) => reachable.model === to),
    metricsOf,
    leavesOf: (home) => [
      ...new Map(metricsOf(home).flatMap((metric) => metric.leaves.map((leaf) => [leaf.key, leaf]))).values(),
    ],
  }
}

function groupByHome(metrics: readonly Metric[]): ReadonlyMap<string, readonly Metric[]> {
  const groups = new Map<string, Metric[]>()
  for (const metric of metrics) {
    const home = homeOf(metric)
    const group = groups.get(home)
    if (group === undefined) groups.set(home, [metric])
    else group.push(metric)
  }
  return groups
}

function joinSteps(model: (name: string) => SemanticModel, from: string, to: string): readonly JoinStep[] {
  const reachable = model(from).reachable.find((candidate) => candidate.model === to)
  if (reachable === undefined) throw new Error(`${from} does not reach ${to}`)
  const stops = reachable.path.filter((name, index) => index > 0 || name !== from).map(model)
  const names = stops.at(-1)?.name === to || from === to ? stops : [...stops, model(to)]
  let here = model(from)
  return names.map((there) => {
    const step = stepBetween(here, there)
    here = there
    return step
  })
}

function stepBetween(from: SemanticModel, to: SemanticModel): JoinStep {
  const forward = from.joins.find((join) => join.to === to.name && join.relationship !== 'one_to_many')
  if (forward !== undefined) return { from, to, left: forward.left, right: forward.right }
  const backward: Join | undefined = to.joins.find(
    (join) => join.to === from.name && join.relationship !== 'many_to_one',
  )
  if (backward !== undefined) return { from, to, left: backward.right, right: backward.left }
  throw new Error(`no join from ${from.name} to ${to.name}`)
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the manifest has no ${what}`)
  return value
}
