import type { describeDashboard } from '../describe/describe-dashboard.ts'

type Described = ReturnType<typeof describeDashboard>

/** The definition of what somebody sees of a dashboard. */
export function copyOf(described: Described | null): object | null {
  if (described === null) return null
  const { name, title, path, description, icon, range, compare, annotations, filters, rows } = described
  return {
    name,
    title,
    ...(path !== `/${name}` && { path }),
    ...(description !== '' && { description }),
    ...(icon !== null && { icon }),
    ...(range !== '30d' && { range }),
    ...(compare !== 'previous_period' && { compare }),
    ...(filters.length > 0 && { filters: filters.map((filter) => filter.name) }),
    ...(annotations.length > 0 && { annotations }),
    rows: rows.map((row) => ({
      ...(row.title !== null && { title: row.title }),
      widgets: row.widgets.map(({ definition }) => definition),
    })),
  }
}
