import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver/node'
import { type DimensionRef, type Manifest, sharedDimensions } from '../../compiler/index.ts'
import type { CompletionContext } from './completion-context.ts'

/** Names that are valid at a place. */
export function complete(manifest: Manifest, context: CompletionContext): readonly CompletionItem[] {
  switch (context.wants) {
    case 'metric':
      return metricItems(manifest)
    case 'dimension':
      return dimensionItems(manifest, context)
    case 'metric or dimension':
      return [
        ...metricItems(manifest).filter(({ label }) => context.metrics.includes(label)),
        ...dimensionItems(manifest, context),
      ]
    case 'model':
      return named(manifest.models, CompletionItemKind.Class)
    case 'relation':
      return named(manifest.relations, CompletionItemKind.File)
    case 'channel':
      return named(manifest.channels, CompletionItemKind.Event)
    case 'dashboard':
      return named(manifest.dashboards, CompletionItemKind.Folder)
    case 'alert':
      return named(manifest.alerts, CompletionItemKind.Event)
    case 'nothing':
      return []
  }
}

function metricItems({ metrics }: Manifest): readonly CompletionItem[] {
  return metrics.map(({ name, label, description, deprecated, type }) => ({
    label: name,
    kind: CompletionItemKind.Value,
    detail: `${label} · ${type} metric`,
    documentation: description,
    ...(deprecated !== null && { tags: [1] }),
  }))
}

interface Owner {
  readonly metrics: readonly string[]
  readonly model: string | null
}

function dimensionItems(manifest: Manifest, owner: Owner): readonly CompletionItem[] {
  const refs = dimensionsFor(manifest, owner)
  const counts = new Map<string, number>()
  for (const { dimension } of refs) counts.set(dimension, (counts.get(dimension) ?? 0) + 1)
  return refs.flatMap((ref) => {
    const model = manifest.models.find(({ name }) => name === ref.model)
    const dimension = model?.dimensions.find(({ name }) => name === ref.dimension)
    if (dimension === undefined || !dimension.public) return []
    const unclear = (counts.get(ref.dimension) ?? 0) > 1 && ref.model !== owner.model
    return {
      label: unclear ? `${ref.model}.${ref.dimension}` : ref.dimension,
      kind: CompletionItemKind.Field,
      detail: `${dimension.label} · ${dimension.type} of ${ref.model}`,
      documentation: dimension.description,
    }
  })
}

/** Those that all metrics share, or that the model has and reaches; without either, all there are. */
function dimensionsFor({ metrics, models }: Manifest, { metrics: names, model }: Owner): readonly DimensionRef[] {
  const asked = names.flatMap((name) => metrics.find((metric) => metric.name === name) ?? [])
  if (asked.length > 0) return sharedDimensions(asked)
  const own = models.find(({ name }) => name === model)
  const reached =
    own === undefined ? models : own.reachable.flatMap((item) => models.find(({ name }) => name === item.model) ?? [])
  return reached.flatMap(({ name, dimensions }) =>
    dimensions.map((dimension) => ({ model: name, dimension: dimension.name })),
  )
}

const named = (
  list: readonly {
    readonly name: string
    readonly title?: string | undefined
    readonly description?: string | undefined
  }[],
  kind: CompletionItemKind,
): readonly CompletionItem[] =>
  list.map(({ name, title, description }) => ({
    label: name,
    kind,
    ...(title && { detail: title }),
    ...(description && { documentation: description }),
  }))
