import type { MetricInfo, ModelInfo, Project } from './project.ts'
import { getJson } from './request.ts'

type Told<T extends { readonly dimensions: readonly string[] }> = Omit<T, 'dimensions'> & {
  readonly dimensionSet: number
}

/** The project on its way: lists that many metrics share are told once. */
interface Body extends Omit<Project, 'metrics' | 'models'> {
  readonly dimensionSets: readonly (readonly string[])[]
  readonly metrics: readonly Told<MetricInfo>[]
  readonly models: readonly Told<ModelInfo>[]
}

export async function fetchProject(signal: AbortSignal): Promise<Project> {
  const { dimensionSets, metrics, models, ...rest } = await getJson<Body>('/api/v1/project', signal)
  const dimensionsOf = (index: number) => dimensionSets[index] ?? []
  return {
    ...rest,
    metrics: metrics.map(({ dimensionSet, ...metric }) => ({ ...metric, dimensions: dimensionsOf(dimensionSet) })),
    models: models.map(({ dimensionSet, ...model }) => ({ ...model, dimensions: dimensionsOf(dimensionSet) })),
  }
}
