import type { ValueLooks } from '../format/value-looks.ts'
import type { Row } from '../queries/answers.ts'
import type { MetricInfo } from '../queries/project.ts'
import { colorsOf, OTHER_COLOR, seriesColor, statusColor } from '../theme/series-color.ts'
import type { Part } from './part.ts'
import { groupBy, MOST_SERIES } from './series.ts'

export const OTHER_KEY = ' other'

/** Parts of a whole, the biggest first: six and what is left. */
export function donutParts(rows: readonly Row[], metric: MetricInfo, by: string, looks: ValueLooks): readonly Part[] {
  const groups = groupBy(rows, by, metric.name).filter(({ total }) => total > 0)
  const shown = groups.slice(0, MOST_SERIES)
  const colors = colorsOf(
    by,
    shown.map(({ value }) => value),
    looks.statusOf,
  )
  const parts: Part[] = shown.map(({ value, total, rows: [row] }) => ({
    key: value,
    label: looks.textOf(row?.[by]),
    color: colors.get(value) ?? OTHER_COLOR,
    value: total,
    raw: row?.[by] ?? null,
  }))
  const rest = groups.slice(MOST_SERIES)
  if (rest.length === 0) return parts
  const value = rest.reduce((sum, { total }) => sum + total, 0)
  return [...parts, { key: OTHER_KEY, label: `Other (${rest.length})`, color: OTHER_COLOR, value }]
}

/** Values of a dimension beside each other, the biggest first. */
export function barParts(rows: readonly Row[], metric: MetricInfo, by: string, looks: ValueLooks): readonly Part[] {
  return groupBy(rows, by, metric.name).map(({ value, rows: [row] }) => {
    const status = looks.statusOf(value)
    return {
      key: value,
      label: looks.textOf(row?.[by]),
      color: status === null ? seriesColor(0) : statusColor(status),
      value: typeof row?.[metric.name] === 'number' ? (row[metric.name] as number) : null,
      raw: row?.[by] ?? null,
    }
  })
}
