import type { Manifest } from '../compiler/index.ts'
import type { Format, Role } from '../definitions/index.ts'
import { createVisibility, type Visibility } from './access/visibility.ts'
import { indexManifest, type ModelIndex } from './cube-model/model-index.ts'

/** A semantic model as a caller may see it. */
export interface ViewMeta {
  readonly model: string
  readonly label: string
  readonly description: string
  readonly timeDimension: string | null
  readonly dimensions: readonly {
    readonly name: string
    readonly label: string
    readonly description: string
    readonly type: string
  }[]
  readonly metrics: readonly MetricMeta[]
}

export interface MetricMeta {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly format: Exclude<Format, string>
  /** Dimensions it can be grouped and filtered by, as `model.name`. */
  readonly dimensions: readonly string[]
}

export function describeViews(index: ModelIndex, visible: Visibility): readonly ViewMeta[] {
  const views = [...index.manifest.models, ...index.manifest.stacks]
  return views.flatMap((view): ViewMeta[] => {
    const metrics = index
      .metricsOf(view.name)
      .filter(visible.showsMetric)
      .map((metric) => ({
        name: metric.name,
        label: metric.label,
        description: metric.description,
        format: metric.format,
        dimensions: metric.dimensions.filter(visible.showsDimension).map((ref) => `${ref.model}.${ref.dimension}`),
      }))
    if ('branches' in view) {
      const about = { model: view.name, label: view.name, description: '', timeDimension: 'time', dimensions: [] }
      return metrics.length === 0 ? [] : [{ ...about, metrics }]
    }
    const dimensions = view.dimensions
      .filter((dimension) => visible.showsDimension({ model: view.name, dimension: dimension.name }))
      .map(({ name, label, description, type }) => ({ name, label, description, type }))
    const { name, label, description, timeDimension } = view
    return [{ model: name, label, description, timeDimension, dimensions, metrics }]
  })
}

/** What a role can ask for of a manifest that no layer is open for. */
export function viewsFor(manifest: Manifest, role: Role): readonly ViewMeta[] {
  const index = indexManifest(manifest)
  return describeViews(index, createVisibility(index)(role))
}
