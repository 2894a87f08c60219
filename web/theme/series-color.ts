import type { ValueStatus } from '../../runtime/definitions/index.ts'

const COLORS = 6
export const OTHER_COLOR = 'var(--series-other)'

/** The colour of what a value means. */
export const statusColor = (status: ValueStatus): string => `var(--status-${status})`

const assigned = new Map<string, Map<string, number>>()

/**
 * Colours for the values of a dimension that one chart shows: a value keeps its colour over all charts of the page,
 * unless two in this chart would then look the same. What a value means comes before.
 */
export function colorsOf(
  dimension: string,
  values: readonly string[],
  statusOf: (value: string) => ValueStatus | null = () => null,
): ReadonlyMap<string, string> {
  const known = assigned.get(dimension) ?? new Map<string, number>()
  assigned.set(dimension, known)
  const used = new Set<number>()
  const colors = new Map<string, string>()
  const meant = new Set<ValueStatus>()
  for (const value of values) {
    const status = statusOf(value)
    if (status !== null && !meant.has(status)) {
      meant.add(status)
      colors.set(value, statusColor(status))
      continue
    }
    if (!known.has(value)) known.set(value, known.size % COLORS)
    let index = known.get(value) ?? 0
    for (let tries = 0; used.has(index) && tries < COLORS; tries += 1) index = (index + 1) % COLORS
    used.add(index)
    colors.set(value, seriesColor(index))
  }
  return colors
}

export function seriesColor(index: number): string {
  return `var(--series-${(index % COLORS) + 1})`
}

/** Percentiles of one thing are one hue, from light to dark; a fourth one, far out, is set apart. */
export function percentileColor(index: number): string {
  return index < 3 ? `var(--percentile-${index + 1})` : 'var(--series-5)'
}
