import type { DimensionRef, Metric } from '../manifest.ts'

/** Dimensions that all metrics can be grouped and filtered by, in the order of the first one's. */
export function sharedDimensions(metrics: readonly Pick<Metric, 'dimensions'>[]): readonly DimensionRef[] {
  const [first, ...more] = metrics
  return (first?.dimensions ?? []).filter((ref) => more.every(({ dimensions }) => dimensions.some(isSame(ref))))
}

const isSame = (a: DimensionRef) => (b: DimensionRef) => a.model === b.model && a.dimension === b.dimension
