import type { Grain, QueryDefinition, Widget } from '../../runtime/definitions/index.ts'
import { daysBetween, startDay } from '../format/calendar.ts'
import { nowIn } from '../format/time.ts'
import { comparedRange, type DateRange, rangeOf } from './date-range.ts'
import { applyFilters } from './filters.ts'
import type { PageState } from './page-state.ts'
import type { FilterInfo, MetricInfo, Project, WidgetInfo } from './project.ts'

/** The queries of a widget: its own first, then what it is compared with, its trend, its reference lines. */
export interface WidgetQueries {
  readonly queries: readonly QueryDefinition[]
  readonly compared: number | null
  readonly trend: number | null
  readonly references: number | null
  readonly grain: Grain | null
  /** The range of the buckets: they are shown whole, though the page begins within one. */
  readonly range: DateRange
  /** Filters of the page that mean nothing for this widget. */
  readonly ignored: readonly FilterInfo[]
}

/** Hours of more days than these are noise. */
const HOURLY_DAYS = 14

type Unfiltered = Omit<WidgetQueries, 'ignored'>

/** The queries of a widget as the page is filtered. */
export function widgetQueries(widget: WidgetInfo, state: PageState, project: Project): WidgetQueries {
  const plain = unfiltered(widget, state, project)
  const filtered = plain.queries.map((query) => applyFilters(query, state.filters, project))
  return { ...plain, queries: filtered.map(({ query }) => query), ignored: filtered[0]?.ignored ?? [] }
}

function unfiltered(
  { definition, query }: WidgetInfo,
  state: PageState,
  { weekStart, metrics, models, timezone }: Pick<Project, 'weekStart' | 'metrics' | 'models' | 'timezone'>,
): Unfiltered {
  const range = rangeFor(definition, state.range)
  const none = { queries: [], compared: null, trend: null, references: null, grain: null, range }
  if (query === null) return none
  const { grain: _declared, ...rest } = query
  if (!isTimed(query, metrics) || listsTimeless(definition, models)) return { ...none, queries: [rest] }
  if (definition.type === 'kpi') return { ...none, ...kpiQueries(rest, definition, state, nowIn(timezone)) }
  const grain = grainFor(definition, range)
  if (grain === null) return { ...none, queries: [{ ...rest, ...range }] }
  const whole = { from: startDay(grain, range.from, weekStart), to: range.to }
  const main = { ...rest, ...whole, grain }
  const references = referenceMetrics(definition)
  if (references.length === 0) return { ...none, queries: [main], grain, range: whole }
  const { by: _by, ...plain } = main
  return { ...none, queries: [main, { ...plain, metrics: references }], references: 1, grain, range: whole }
}

function kpiQueries(
  query: QueryDefinition,
  definition: Extract<Widget, { type: 'kpi' }>,
  state: PageState,
  now: string,
) {
  const before = comparedRange(state.range, definition.compare === 'none' ? 'none' : state.compare, now)
  const grain = definition.sparkline === undefined ? null : trendGrainFor(definition.sparkline, state.range)
  const queries = [
    { ...query, ...state.range },
    ...(before === null ? [] : [{ ...query, from: before.from, to: before.to }]),
    ...(grain === null ? [] : [{ ...query, ...state.range, grain }]),
  ]
  return { queries, compared: before === null ? null : 1, trend: grain === null ? null : queries.length - 1, grain }
}

/** Without a time there is neither a range nor anything to compare with. */
export function isTimed(query: QueryDefinition | null, metrics: readonly MetricInfo[]): boolean {
  const names = query?.metrics ?? []
  return metrics.every(({ name, timed }) => timed || !names.includes(name))
}

/** Its own range reaches back from the end of the page's, never less far than that. */
function rangeFor(definition: Widget, { from, to }: DateRange): DateRange {
  const own = 'range' in definition && definition.range !== undefined ? rangeOf(definition.range, to).from : from
  return { from: own < from ? own : from, to }
}

/** Rows of a model without a time are listed whole. */
const listsTimeless = (definition: Widget, models: Project['models']) =>
  definition.type === 'table' &&
  models.some(({ name, timeDimension }) => name === definition.model && timeDimension === null)

function referenceMetrics(definition: Widget): string[] {
  const lines = 'reference' in definition ? (definition.reference ?? []) : []
  return lines.flatMap(({ metric }) => metric ?? [])
}

/** The declared grain; one day alone is shown by the hour. */
function grainFor(definition: Widget, range: DateRange): Grain | null {
  if (definition.type === 'line' || definition.type === 'area') return finer(definition.grain ?? 'day', range)
  if (definition.type === 'bar' && (definition.grain !== undefined || definition.by === undefined)) {
    return finer(definition.grain ?? 'day', range)
  }
  if (definition.type === 'heatmap') return definition.x === undefined && definition.y === undefined ? 'hour' : null
  return definition.type === 'table' ? (definition.grain ?? null) : null
}

function finer(grain: Grain, { from, to }: DateRange): Grain {
  if (from === to) return 'hour'
  return grain === 'hour' && daysBetween(from, to) >= HOURLY_DAYS ? 'day' : grain
}

function trendGrainFor(grain: Grain, range: DateRange): Grain {
  if (range.from === range.to) return 'hour'
  return grain === 'day' && daysBetween(range.from, range.to) > 120 ? 'week' : grain
}
