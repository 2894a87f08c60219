import type { Metric } from '../../compiler/index.ts'
import type { Labels, Row } from './check.ts'

/** Values by period, for each instance that the answer knows. */
export interface Series {
  readonly labels: Labels
  readonly values: ReadonlyMap<string, number>
}

/** Without `by` there is always one series, if an empty one. */
export function seriesOf(rows: readonly Row[], by: readonly string[], metric: string): readonly Series[] {
  const found = new Map<string, { readonly labels: Labels; readonly values: Map<string, number> }>()
  if (by.length === 0) found.set('{}', { labels: {}, values: new Map() })
  for (const row of rows) {
    const labels = labelsOf(row, by)
    const key = keyOf(labels)
    const series = found.get(key) ?? { labels, values: new Map() }
    found.set(key, series)
    const value = numberOf(row[metric])
    if (value !== null) series.values.set(String(row.time ?? ''), value)
  }
  return [...found.values()]
}

export function labelsOf(row: Row, by: readonly string[]): Labels {
  return Object.fromEntries(by.map((name) => [name, plain(row[name])]))
}

/** Names an instance within its alert. */
export function keyOf(labels: Labels): string {
  return JSON.stringify(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))))
}

/** The key by the labels of `by` alone: parts of a budget share it. */
export const ownKeyOf = (by: readonly string[], labels: Labels): string =>
  keyOf(Object.fromEntries(by.map((name) => [name, labels[name] ?? null])))

export function numberOf(value: unknown): number | null {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : null
}

/** True where no rows mean zero: counts and sums. */
export const isAdditive = (metric: Metric): boolean =>
  metric.type === 'simple' && (metric.agg === 'count' || metric.agg === 'count_distinct' || metric.agg === 'sum')

const plain = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
