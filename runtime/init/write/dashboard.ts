import { dimensionOf, type InferredJoin } from '../infer/joins.ts'
import type { InferredMetric } from '../infer/metrics.ts'
import type { Table, TableColumn } from '../infer/table.ts'
import { toYaml } from './yaml.ts'

/** `dashboards/overview.yml`: for each table its figures, their course and their parts. */
export function dashboardYaml(
  range: string,
  tables: readonly Table[],
  joins: readonly InferredJoin[],
  metrics: readonly InferredMetric[],
): string {
  const rows = tables.flatMap((table) => {
    const own = metrics.filter((metric) => metric.table === table)
    const figures = pickFigures(own)
    return figures.length === 0 ? [] : [{ title: table.label, widgets: widgets(table, joins, figures) }]
  })
  const [first] = tables
  const filters = first ? groups(first, joins).slice(0, 4) : []
  const dashboard = {
    name: 'overview',
    title: 'Overview',
    path: '/overview',
    description: 'A first look at the data.',
    order: 1,
    range,
    ...(filters.length > 0 ? { filters } : {}),
    rows,
  }
  return toYaml({ version: 1, dashboards: [dashboard] })
}

/** The count, then rates, then sums and averages of different columns: four at most. */
function pickFigures(metrics: readonly InferredMetric[]): readonly InferredMetric[] {
  const count = metrics.slice(0, 1)
  const rates = metrics.filter(({ kind }) => kind === 'ratio').slice(0, 2)
  const seen = new Set<unknown>()
  const amounts = metrics.filter(({ kind, definition }) => {
    if ((kind !== 'sum' && kind !== 'avg') || seen.has(definition.sql)) return false
    seen.add(definition.sql)
    return true
  })
  return [...count, ...rates, ...amounts].slice(0, 4)
}

function widgets(table: Table, joins: readonly InferredJoin[], figures: readonly InferredMetric[]) {
  const names = figures.map(({ name }) => name)
  const [count = '', main = count] = names
  const parts = groups(table, joins)
  const grain = table.time ? grainOf(table.time) : null
  return [
    ...names.map((metric) => ({ type: 'kpi', metric, width: 3, ...(grain ? { sparkline: grain } : {}) })),
    ...(grain ? [{ type: 'line', metric: count, grain, width: parts.length > 0 ? 8 : 12 }] : []),
    ...parts.slice(0, 1).map((by) => ({ type: 'donut', metric: count, by, width: grain ? 4 : 6 })),
    ...parts.slice(0, 3).map((by) => ({
      type: 'bar',
      metric: main,
      by,
      layout: 'horizontal',
      limit: 20,
      width: 6,
    })),
    ...(parts.length > 0
      ? [
          {
            type: 'table',
            title: `${table.label} in detail`,
            dimensions: parts.slice(0, 3),
            metrics: names,
            order: [`-${count}`],
            limit: 200,
            width: 12,
          },
        ]
      : []),
  ]
}

/** Columns with a handful of values, those with about six first. */
function groups(table: Table, joins: readonly InferredJoin[]): readonly string[] {
  return table.columns
    .filter(
      ({ role, profile }) =>
        (role === 'category' || role === 'flag') && profile.distinct >= 2 && profile.distinct <= 60,
    )
    .sort((a, b) => distance(a) - distance(b))
    .map((column) => dimensionOf(table, column, joins))
}

/** Numbers name groups less often than words do. */
const distance = ({ profile }: TableColumn) =>
  Math.abs(Math.log(profile.distinct / 6)) + (profile.kind === 'integer' ? 2 : 0)

const DAY = 86_400_000

/** About 30 to 120 points. */
function grainOf({ profile }: TableColumn): string {
  const days = (Date.parse(String(profile.max)) - Date.parse(String(profile.min))) / DAY
  if (days <= 4) return 'hour'
  if (days <= 150) return 'day'
  if (days <= 800) return 'week'
  return days <= 12 * 365 ? 'month' : 'year'
}
