import type { Grain, QueryDefinition, Widget } from '../../runtime/definitions/index.ts'
import { daysBetween } from '../format/calendar.ts'
import { comparedRange, type DateRange } from './date-range.ts'
import type { PageState } from './page-state.ts'
import type { WidgetInfo } from './project.ts'

/** The queries of a widget: its own first, then what it is compared with, then its trend. */
export interface WidgetQueries {
  readonly queries: readonly QueryDefinition[]
  readonly compared: number | null
  readonly trend: number | null
  readonly grain: Grain | null
}

export function widgetQueries({ definition, query }: WidgetInfo, state: PageState): WidgetQueries {
  if (query === null) return { queries: [], compared: null, trend: null, grain: null }
  const grain = grainFor(definition, state.range)
  const { grain: _declared, ...rest } = query
  const main = { ...rest, ...state.range, ...(grain === null ? {} : { grain }) }
  if (definition.type !== 'kpi') return { queries: [main], compared: null, trend: null, grain }
  const before = comparedRange(state.range, definition.compare === 'none' ? 'none' : state.compare)
  const queries: QueryDefinition[] = [main]
  if (before !== null) queries.push({ ...rest, ...before })
  const trendGrain = definition.sparkline === undefined ? null : trendGrainFor(definition.sparkline, state.range)
  if (trendGrain !== null) queries.push({ ...rest, ...state.range, grain: trendGrain })
  return {
    queries,
    compared: before === null ? null : 1,
    trend: trendGrain === null ? null : queries.length - 1,
    grain: trendGrain,
  }
}

/** The declared grain; one day alone is shown by the hour. */
function grainFor(definition: Widget, range: DateRange): Grain | null {
  if (definition.type === 'line' || definition.type === 'area') return finer(definition.grain ?? 'day', range)
  if (definition.type === 'bar' && (definition.grain !== undefined || definition.by === undefined)) {
    return finer(definition.grain ?? 'day', range)
  }
  return definition.type === 'table' ? (definition.grain ?? null) : null
}

function finer(grain: Grain, { from, to }: DateRange): Grain {
  return from === to && grain !== 'hour' ? 'hour' : grain
}

function trendGrainFor(grain: Grain, range: DateRange): Grain {
  if (range.from === range.to) return 'hour'
  return grain === 'day' && daysBetween(range.from, range.to) > 120 ? 'week' : grain
}
