import type { DimensionRef, SemanticModel } from '../../manifest.ts'
import { checkMetricName } from '../../metrics/index.ts'
import type { Declared } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'

/** The dimension that identifies a row, where people may see one. */
export function keyOf({ name, primaryKey, dimensions }: SemanticModel): DimensionRef | undefined {
  const found = dimensions.find((dimension) => dimension.name === primaryKey && dimension.public)
  return found && { model: name, dimension: found.name }
}

/** The metrics of a list that exist. */
export function metricsIn(
  { project }: Catalogue,
  declared: Declared<{ readonly metrics?: string[] }>,
  metrics: readonly string[],
): readonly string[] {
  return metrics.filter((metric, index) => checkMetricName(project, metric, () => declared.at(['metrics', index])))
}
