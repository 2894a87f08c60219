import type { Manifest } from '../manifest.ts'
import { sharedDimensions } from './shared-dimensions.ts'

/** What a name in a definition stands for: with its help a name that several models have is told apart. */
export interface Meaning {
  /** Semantic model that owns the dimension `name`, as it is meant within `owner`. */
  dimension(name: string, owner: Owner): string | undefined
}

/** Who names it: a semantic model, or a question over metrics and models. */
export type Owner =
  | { readonly model: string }
  | { readonly metrics: readonly string[]; readonly models: readonly string[] }

/** Resolves names as the compiler does: own dimensions first, then what joins reach. */
export function createMeaning(manifest: Manifest): Meaning {
  const models = new Map(manifest.models.map((model) => [model.name, model]))
  const metrics = new Map(manifest.metrics.map((metric) => [metric.name, metric]))
  const owns = (model: string, name: string) =>
    models.get(model)?.dimensions.some((dimension) => dimension.name === name)
  const inModel = (model: string, name: string) => {
    if (owns(model, name)) return model
    return models.get(model)?.reachable.find((other) => owns(other.model, name))?.model
  }
  const inMetrics = (names: readonly string[], name: string) => {
    const named = names.flatMap((metric) => metrics.get(metric) ?? [])
    const shared = sharedDimensions(named).filter(({ dimension }) => dimension === name)
    const homes = new Set(named.flatMap((metric) => metric.models))
    return (shared.find(({ model }) => homes.has(model)) ?? shared[0])?.model
  }
  return {
    dimension: (name, owner) => {
      if ('model' in owner) return inModel(owner.model, name)
      const [model] = owner.models
      if (model !== undefined) return inModel(model, name)
      if (owner.metrics.length > 0) return inMetrics(owner.metrics, name)
      const all = manifest.models.filter((item) => owns(item.name, name))
      return all.length === 1 ? all[0]?.name : undefined
    },
  }
}

export const NOBODY: Owner = { metrics: [], models: [] }
