import type { CompiledDashboard } from '../../../compiler/index.ts'
import type { describeDashboard } from '../describe/describe-dashboard.ts'

type Described = ReturnType<typeof describeDashboard>

export type Copy = Readonly<Record<string, unknown>> & { readonly name: string; readonly title: string }

/** The definition of what somebody sees of a dashboard. */
export function copyOf(described: Described, { filters }: Pick<CompiledDashboard, 'filters'>): Copy {
  const { name, title, path, description, icon, range, compare, annotations, rows } = described
  const shown = filters.filter((reference) =>
    described.filters.some((filter) => filter.name === reference.split('.').at(-1)),
  )
  return {
    name,
    title,
    ...(path !== `/${name}` && { path }),
    ...(description !== '' && { description }),
    ...(icon !== null && { icon }),
    ...(range !== '30d' && { range }),
    ...(compare !== 'previous_period' && { compare }),
    ...(shown.length > 0 && { filters: shown }),
    ...(annotations.length > 0 && { annotations: annotations.map(({ query: _query, ...declared }) => declared) }),
    rows: rows.map((row) => ({
      ...(row.title !== null && { title: row.title }),
      widgets: row.widgets.map(({ definition }) => definition),
    })),
  }
}
