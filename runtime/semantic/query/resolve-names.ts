import type { DimensionRef, Metric } from '../../compiler/index.ts'
import { fail, oneOf, suggest } from '../../diagnostics/index.ts'
import type { Visibility } from '../access/visibility.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'

/** What the names in a query mean, given the metrics it asks for. */
export interface NameScope {
  readonly metrics: readonly Metric[]
  /** The semantic models whose rows are read. */
  readonly models: readonly string[]
  dimension(name: string): DimensionRef
  metric(name: string): Metric | undefined
}

export function resolveMetric(index: ModelIndex, visible: Visibility, name: string): Metric {
  const metric = index.metric(name)
  const shown = () => index.manifest.metrics.filter(visible.showsMetric).map((other) => other.name)
  if (metric === undefined) return fail('AM4001', `There is no metric \`${name}\`.`, { hint: suggest(name, shown()) })
  if (!visible.showsMetric(metric)) return fail('AM4007', `The metric \`${name}\` is hidden from your role.`)
  return metric
}

/** `named` are all dimensions of the query: without metrics, the first qualified or unique one says which model is meant. */
export function nameScope(
  index: ModelIndex,
  visible: Visibility,
  metrics: readonly Metric[],
  named: readonly string[],
): NameScope {
  const models =
    metrics.length > 0
      ? [...new Set(metrics.flatMap((metric) => metric.models))]
      : [modelOfNames(index, visible, named)]
  const candidates = metrics.length > 0 ? sharedRefs(metrics) : reachableRefs(index, models[0] ?? '')
  return {
    metrics,
    models,
    dimension: (name) => checkShown(visible, name, find(index, visible, candidates, models, metrics, name)),
    metric: (name) => index.metric(name),
  }
}

/** Identities that every metric can be grouped by. */
function sharedRefs(metrics: readonly Metric[]): readonly DimensionRef[] {
  const [first, ...rest] = metrics.map((metric) => metric.dimensions)
  const sets = rest.map((refs) => new Set(refs.map(refKey)))
  return (first ?? []).filter((ref) => sets.every((set) => set.has(refKey(ref))))
}

const refKey = (ref: DimensionRef): string => `${ref.model}.${ref.dimension}`

function reachableRefs(index: ModelIndex, model: string): readonly DimensionRef[] {
  return index
    .model(model)
    .reachable.flatMap((reachable) =>
      index.model(reachable.model).dimensions.map(({ name }) => ({ model: reachable.model, dimension: name })),
    )
}

function find(
  index: ModelIndex,
  visible: Visibility,
  candidates: readonly DimensionRef[],
  models: readonly string[],
  metrics: readonly Metric[],
  name: string,
): DimensionRef {
  const matches = candidates.filter((ref) => ref.dimension === name || refKey(ref) === name)
  const [only] = matches
  if (only !== undefined && matches.length === 1) return only
  const own = matches.find((ref) => models.length === 1 && ref.model === models[0] && ref.dimension === name)
  if (own !== undefined) return own
  if (matches.length > 1) {
    return fail('AM4003', `\`${name}\` can mean ${oneOf(matches.map(refKey))}.`, { hint: 'Write it with its model.' })
  }
  return refuse(index, visible, candidates, metrics, name)
}

function refuse(
  index: ModelIndex,
  visible: Visibility,
  candidates: readonly DimensionRef[],
  metrics: readonly Metric[],
  name: string,
): never {
  const shown = candidates.filter(visible.showsDimension)
  const exists = index.manifest.models.flatMap((model) =>
    model.dimensions
      .filter((dimension) => name === dimension.name || name === `${model.name}.${dimension.name}`)
      .map((dimension) => ({ model: model.name, dimension: dimension.name })),
  )
  const possible = candidateNames(shown)
  if (!exists.some(visible.showsDimension)) {
    if (exists.length > 0 && exists.some((ref) => index.dimension(ref).public)) {
      return fail('AM4007', `The dimension \`${name}\` is hidden from your role.`)
    }
    return fail('AM4002', `There is no dimension \`${name}\`.`, { hint: suggest(name, possible) })
  }
  const asked = metrics.map((metric) => `\`${metric.name}\``).join(', ')
  const works =
    possible.length === 0
      ? 'They share no dimension.'
      : `These work: ${possible.map((other) => `\`${other}\``).join(', ')}.`
  return fail('AM4004', `\`${name}\` cannot be combined with ${asked || 'the other dimensions'}.`, { hint: works })
}

/** Short names where they are unique. */
function candidateNames(refs: readonly DimensionRef[]): readonly string[] {
  const count = (name: string) => refs.filter((ref) => ref.dimension === name).length
  return refs.map((ref) => (count(ref.dimension) === 1 ? ref.dimension : refKey(ref))).sort()
}

function checkShown(visible: Visibility, name: string, ref: DimensionRef): DimensionRef {
  if (visible.showsDimension(ref)) return ref
  return fail('AM4007', `The dimension \`${name}\` is hidden from your role.`)
}

function modelOfNames(index: ModelIndex, visible: Visibility, named: readonly string[]): string {
  const [first] = named
  if (first === undefined) {
    return fail('AM4009', 'The query asks for nothing.', { hint: 'Name a metric or a dimension.' })
  }
  const owners = named.map((name) => ownersOf(index, name))
  const models = index.manifest.models.map((model) => model.name)
  const home = models.filter((model) => owners.every((refs) => refs.some((ref) => index.reaches(model, ref.model))))
  const direct = home.find((model) => owners[0]?.some((ref) => ref.model === model))
  const found = direct ?? home[0]
  if (found !== undefined) return found
  const unknown = named.find((_, at) => owners[at]?.length === 0)
  const all = index.manifest.models.flatMap((model) =>
    model.dimensions.map(({ name }) => ({ model: model.name, dimension: name })),
  )
  if (unknown !== undefined) {
    return fail('AM4002', `There is no dimension \`${unknown}\`.`, {
      hint: suggest(unknown, candidateNames(all.filter(visible.showsDimension))),
    })
  }
  return fail('AM4004', `${oneOf(named)} belong to models that no join connects.`, {
    hint: 'Ask for one of them at a time, or name a metric.',
  })
}

function ownersOf(index: ModelIndex, name: string): readonly DimensionRef[] {
  return index.manifest.models.flatMap((model) =>
    model.dimensions
      .filter((dimension) => name === dimension.name || name === `${model.name}.${dimension.name}`)
      .map((dimension) => ({ model: model.name, dimension: dimension.name })),
  )
}
