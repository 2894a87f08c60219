import { formatDay } from '../format/time.ts'
import { valueText } from '../format/value-looks.ts'
import { dimensionFilter, dimensionsOf, filtersOf, shortName } from '../queries/filters.ts'
import { type Defaults, type PageState, searchOf, withFilter } from '../queries/page-state.ts'
import type { DimensionInfo, FilterInfo, HierarchyInfo, ModelInfo, Project, WidgetInfo } from '../queries/project.ts'
import type { Selection } from '../widgets/widget-props.ts'

/** A way on from a mark of a chart. */
export interface DrillItem {
  readonly kind: 'filter' | 'zoom' | 'breakdown' | 'records'
  readonly label: string
  readonly href: string
}

export interface DrillContext {
  readonly path: string
  readonly page: Defaults
  readonly state: PageState
  readonly project: Project
}

type Chosen = readonly { readonly dimension: DimensionInfo; readonly value: string }[]

/** Where a mark leads: filters by its values, its span of time, the levels below, the rows behind it. */
export function drillItems(selection: Selection, widget: WidgetInfo, context: DrillContext): readonly DrillItem[] {
  const { state, project, page, path } = context
  const chosen = chosenIn(selection, widget, project)
  const filtered = chosen.reduce((next, { dimension, value }) => narrowed(next, dimension, value, context), state)
  const zoomed = { ...filtered, ...spanOf(selection) }
  return [
    ...chosen.map(
      ({ dimension, value }): DrillItem => ({
        kind: 'filter',
        label: `Filter by ${dimension.label}: ${valueText(value, dimension)}`,
        href: `${path}${searchOf(narrowed(state, dimension, value, context), page)}`,
      }),
    ),
    ...zoomItem(selection, context),
    ...breakdownItems(selection, widget, chosen, zoomed, context),
    ...recordItems(selection, widget, zoomed, project),
  ]
}

/** What was brushed becomes the range of the page. */
export function zoomHref(selection: Selection, { state, page, path }: DrillContext): string {
  return `${path}${searchOf({ ...state, ...spanOf(selection) }, page)}`
}

function spanOf({ from, to }: Selection): Partial<PageState> {
  return from === undefined || to === undefined ? {} : { preset: null, range: { from, to } }
}

function zoomItem(selection: Selection, context: DrillContext): readonly DrillItem[] {
  const { from, to } = selection
  const { range } = context.state
  if (from === undefined || to === undefined || (from === range.from && to === range.to)) return []
  const label = from === to ? `Zoom to ${formatDay(from)}` : `Zoom to ${formatDay(from)} – ${formatDay(to)}`
  return [{ kind: 'zoom', label, href: zoomHref(selection, context) }]
}

/** The dimensions of a mark, by the names that its widget uses. */
function chosenIn({ values, metric }: Selection, { query }: WidgetInfo, project: Project): Chosen {
  const known = dimensionsOf(metric === null ? (query ?? {}) : { metrics: [metric] }, project)
  return values.flatMap(({ dimension, value }) => {
    const name = known.find((item) => item === dimension) ?? known.find((item) => shortName(item) === dimension)
    const found = project.dimensions.find((item) => item.name === name)
    return found === undefined ? [] : [{ dimension: found, value: value === null ? '' : String(value) }]
  })
}

function narrowed(
  state: PageState,
  dimension: DimensionInfo,
  value: string,
  { page, project }: DrillContext,
): PageState {
  return withFilter(state, filterFor(dimension, page, project), [value])
}

function filterFor(dimension: DimensionInfo, page: Defaults, project: Project): FilterInfo {
  const offered = filtersOf({ filters: page.filters ?? [] }, project)
  const known = offered.find(({ levels }) => levels.length === 1 && levels[0] === dimension.name)
  return known ?? dimensionFilter(dimension, project)
}

/** The next level of each hierarchy that the mark stands in. */
function breakdownItems(
  { metric }: Selection,
  { query }: WidgetInfo,
  chosen: Chosen,
  state: PageState,
  { project }: DrillContext,
): readonly DrillItem[] {
  const names = metric === null ? (query?.metrics ?? []) : [metric]
  const known = dimensionsOf({ metrics: names }, project)
  return hierarchiesOf(names, project).flatMap(({ model, hierarchy }) => {
    const place = chosen.find(({ dimension }) => hierarchy.levels.includes(dimension.name))
    if (place === undefined) return []
    const next = hierarchy.levels[hierarchy.levels.indexOf(place.dimension.name) + 1]
    if (next === undefined || !known.includes(next)) return []
    const label = project.dimensions.find(({ name }) => name === next)?.label ?? next
    const search = searchOf(state, BREAKDOWN_PAGE, { metrics: (query?.metrics ?? names).join(',') })
    return [
      {
        kind: 'breakdown',
        label: `Break down by ${label.toLowerCase()}`,
        href: `/breakdown/${model.name}/${hierarchy.name}${search}`,
      } as const,
    ]
  })
}

/** Hierarchies of the models that the metrics read, those of the first metric first; each set of levels once. */
export function hierarchiesOf(
  metrics: readonly string[],
  { metrics: all, models }: Project,
): readonly { readonly model: ModelInfo; readonly hierarchy: HierarchyInfo }[] {
  const read = metrics.flatMap((name) => all.find((metric) => metric.name === name)?.models ?? [])
  const found = [...new Set(read)].flatMap((name) => {
    const model = models.find((item) => item.name === name)
    return (model?.hierarchies ?? []).map((hierarchy) => ({ model: model as ModelInfo, hierarchy }))
  })
  const keys = found.map(({ hierarchy }) => hierarchy.levels.join(' '))
  return found.filter((_, index) => keys.indexOf(keys[index] ?? '') === index)
}

/** Lists of rows: of the models that the metric reads, or that declare how their rows unfold. */
function recordItems(
  { metric }: Selection,
  { query }: WidgetInfo,
  state: PageState,
  project: Project,
): readonly DrillItem[] {
  const name = metric ?? query?.metrics?.[0]
  const info = project.metrics.find((item) => item.name === name)
  if (info === undefined) return []
  const known = new Set(info.dimensions)
  const models = project.models
    .filter(
      ({ detail, name: model }) =>
        detail !== null && known.has(detail.key) && (detail.steps !== null || info.models.includes(model)),
    )
    .sort((a, b) => Number(b.detail?.steps !== null) - Number(a.detail?.steps !== null))
  return models.slice(0, 2).map((model) => ({
    kind: 'records',
    label: `Show the ${model.label.toLowerCase()} behind this point`,
    href: `/records/${model.name}${searchOf(state, RECORDS_PAGE, { metric: info.name })}`,
  }))
}

/** What pages of rows and of levels begin with: nothing is taken for granted, so the address says it all. */
export const RECORDS_PAGE: Defaults = { range: '7d', compare: 'none' }
export const BREAKDOWN_PAGE: Defaults = { range: '30d', compare: 'none' }
