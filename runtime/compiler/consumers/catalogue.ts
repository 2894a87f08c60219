import type { DimensionRef, SemanticModel } from '../manifest.ts'
import type { MetricSet } from '../metrics/index.ts'
import type { ModelSet } from '../models/index.ts'
import type { Place, Project } from '../project/index.ts'

/** What dashboards, alerts, reports and tests may ask for. */
export interface Catalogue {
  readonly project: Project
  readonly models: ModelSet
  readonly semanticModels: readonly SemanticModel[]
  readonly metrics: MetricSet
  readonly usage: Usage
}

/** Who uses which metric and dimension, for lineage and deprecations. */
export interface Usage {
  readonly metrics: UsedMetric[]
  readonly dimensions: { readonly node: string; readonly ref: DimensionRef }[]
}

export interface UsedMetric {
  /** Node of the lineage: `dashboard:usage`. */
  readonly node: string
  readonly metric: string
  readonly at: Place
}
