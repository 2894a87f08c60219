import type { Manifest } from '../compiler/index.ts'
import type { Facts } from './facts/index.ts'
import { dimensionFacts, metricFacts, modelFacts, relationFacts } from './facts/index.ts'
import { type Names, NO_RENAMES, namesAfter, type Renames } from './renames.ts'

/** Names that went while another came with the same meaning: relations first, as all else stands on them. */
export function findRenames(before: Manifest, after: Manifest): Renames {
  const same = namesAfter(NO_RENAMES)
  const relations = pair(before.relations, after.relations, (item, names) => relationFacts(item, names), same, same)
  const afterRelations = { ...NO_RENAMES, relations }
  const models = pair(
    before.models,
    after.models,
    (model, names) =>
      new Map([
        ...modelFacts({ ...model, hierarchies: [], preAggregations: [], joins: [], timeDimension: null }, names),
        ...dimensionNames(model),
      ]),
    namesAfter(afterRelations),
    same,
  )
  const afterModels = { ...afterRelations, models }
  const dimensions = findDimensions(before, after, afterModels)
  const afterDimensions = { ...afterModels, dimensions }
  return { ...afterDimensions, metrics: findMetrics(before, after, afterDimensions) }
}

/** A model that was renamed has mostly the same dimensions; their names stand for it. */
const dimensionNames = (model: Manifest['models'][number]): Facts =>
  new Map(
    model.dimensions.map(({ name }) => {
      const effects = { added: 'values', removed: 'values', changed: 'values' } as const
      return [`dimension ${name}`, { label: 'dimension', value: name, effects }]
    }),
  )

function findDimensions(before: Manifest, after: Manifest, known: Renames): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const names = namesAfter(known)
  for (const model of before.models) {
    const now = after.models.find(({ name }) => name === names.model(model.name))
    if (now === undefined) continue
    const pairs = pair(model.dimensions, now.dimensions, dimensionFacts, names, namesAfter(NO_RENAMES))
    for (const [from, to] of pairs) found.set(`${model.name}.${from}`, to)
  }
  return found
}

/** Metrics made of renamed metrics are only equal once those names are known: it goes on while it finds any. */
function findMetrics(before: Manifest, after: Manifest, known: Renames): ReadonlyMap<string, string> {
  let metrics: ReadonlyMap<string, string> = new Map()
  for (;;) {
    const names = namesAfter({ ...known, metrics })
    const found = pair(before.metrics, after.metrics, metricFacts, names, namesAfter(NO_RENAMES))
    if (found.size === metrics.size) return found
    metrics = found
  }
}

function pair<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
  facts: (item: T, names: Names) => Facts,
  namesBefore: Names,
  namesAfterwards: Names,
): ReadonlyMap<string, string> {
  const old = new Set(before.map(({ name }) => name))
  const now = new Set(after.map(({ name }) => name))
  const came = after
    .filter(({ name }) => !old.has(name))
    .map((item) => [item.name, meaningOf(facts(item, namesAfterwards))] as const)
  const renames = new Map<string, string>()
  for (const item of before) {
    if (now.has(item.name)) continue
    const meaning = meaningOf(facts(item, namesBefore))
    const taken = new Set(renames.values())
    const match = came.find(([name, other]) => other === meaning && !taken.has(name))
    if (match !== undefined) renames.set(item.name, match[0])
  }
  return renames
}

/** Facts whose change would matter; words such as labels and owners may differ. */
function meaningOf(facts: Facts): string {
  return [...facts]
    .filter(([, { effects }]) => effects.changed !== 'cosmetic')
    .map(([key, { value }]) => `${key}=${value}`)
    .sort()
    .join('\n')
}
