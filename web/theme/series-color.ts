const COLORS = 6
export const OTHER_COLOR = 'var(--series-other)'

const assigned = new Map<string, Map<string, number>>()

/** The colour of a value of a dimension: the same in every chart of the page, in order of first appearance. */
export function colorOf(dimension: string, value: string): string {
  const values = assigned.get(dimension) ?? new Map<string, number>()
  assigned.set(dimension, values)
  const index = values.get(value) ?? values.size
  values.set(value, index)
  return seriesColor(index)
}

export function seriesColor(index: number): string {
  return `var(--series-${(index % COLORS) + 1})`
}

/** Percentiles of one thing are one hue, from light to dark. */
export function percentileColor(index: number): string {
  return `var(--percentile-${Math.min(index, 2) + 1})`
}
