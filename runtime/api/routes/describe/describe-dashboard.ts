import {
  type CompiledDashboard,
  type CompiledWidget,
  type DimensionRef,
  sharedDimensions,
} from '../../../compiler/index.ts'
import { nameOf, shownNames, type View } from './view.ts'

export function describeDashboard(dashboard: CompiledDashboard, view: View) {
  const { name, title, path, description, icon, order, filters, range, compare, source } = dashboard
  const rows = dashboard.rows
    .map((row) => ({ title: row.title, widgets: row.widgets.filter((widget) => shows(widget, view)) }))
    .filter(({ widgets }) => widgets.length > 0)
  const annotations = dashboard.annotations.filter(({ query }) => namesIn(query).every((one) => !isHidden(one, view)))
  const refs = rows.flatMap(({ widgets }) => widgets.flatMap((widget) => dimensionsOf(widget, view)))
  return {
    ...{ name, title, path, description, icon, order, range, compare, annotations, source },
    filters: distinct(
      filters.flatMap((reference) => describeFilter(reference, refs, view) ?? []),
      view,
    ),
    rows,
  }
}

/** Filters of all pages as far as the role sees their dimensions. */
export function describeGlobalFilters(view: View) {
  return view.manifest.globalFilters.flatMap(({ name, label, kind, levels }) => {
    const shown = shownNames(view, levels)
    return shown.length === 0 ? [] : [{ name, label, kind, levels: shown }]
  })
}

/** Two filters of one name are told apart by their models, in the address and to people. */
function distinct(filters: readonly Filter[], { manifest }: View): readonly Filter[] {
  const others = (filter: Filter, key: 'name' | 'label') =>
    filters.some((other) => other !== filter && other[key] === filter[key])
  return filters.map((filter) => {
    const [level = ''] = filter.levels
    const of = manifest.models.find(({ name }) => name === level.split('.')[0])?.label ?? level
    return {
      ...filter,
      name: others(filter, 'name') ? level : filter.name,
      label: others(filter, 'label') ? `${of}: ${filter.label.toLowerCase()}` : filter.label,
    }
  })
}

type Filter = NonNullable<ReturnType<typeof describeFilter>>

/** A filter of one page: the dimensions it means, which may differ from widget to widget. */
function describeFilter(reference: string, refs: readonly DimensionRef[], view: View) {
  const meant = refs.filter(
    (ref) => (ref.dimension === reference || nameOf(ref) === reference) && view.showsDimension(ref),
  )
  const [first] = meant
  if (first === undefined) return null
  const { label = reference, type } = view.dimension(first) ?? {}
  const kind = type === 'boolean' ? 'toggle' : 'list'
  return { name: first.dimension, label, kind, levels: [...new Set(meant.map(nameOf))].slice(0, 1) }
}

function shows({ definition, query }: CompiledWidget, view: View): boolean {
  if (definition.roles !== undefined && !definition.roles.includes(view.context.role)) return false
  if (!(query?.metrics ?? []).every(view.showsMetric)) return false
  return (query?.by ?? []).every((name) => !isHidden(name, view))
}

/** What a query names besides metrics: it could not be answered where one of it is hidden. */
const namesIn = (query: CompiledWidget['query']): readonly string[] => [
  ...(query?.by ?? []),
  ...[...(query?.where ?? '').matchAll(/\{\s*([a-z0-9_.]+)\s*\}/g)].map(([, name = '']) => name),
]

/** True for a dimension that exists and is kept from the role: a widget by it could not be answered. */
function isHidden(name: string, view: View): boolean {
  const refs = view.manifest.models.flatMap((model) =>
    model.dimensions.map((dimension) => ({ model: model.name, dimension: dimension.name })),
  )
  const meant = refs.filter((ref) => ref.dimension === name || nameOf(ref) === name)
  return meant.length > 0 && !meant.some(view.showsDimension)
}

/** Dimensions that a widget can be filtered by. */
function dimensionsOf({ query }: CompiledWidget, { manifest }: View): readonly DimensionRef[] {
  const metrics = manifest.metrics.filter(({ name }) => query?.metrics?.includes(name))
  if (metrics.length > 0) return sharedDimensions(metrics)
  const home = manifest.models.find(({ name }) => query?.by?.[0]?.startsWith(`${name}.`))
  return manifest.models
    .filter(({ name }) => home?.reachable.some(({ model }) => model === name))
    .flatMap(({ name, dimensions }) => dimensions.map((dimension) => ({ model: name, dimension: dimension.name })))
}
