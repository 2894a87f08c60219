import type { QueryDefinition, Widget } from '../../runtime/definitions/index.ts'
import { addDays, addMonths, daysBetween } from '../format/calendar.ts'
import type { DateRange } from '../queries/date-range.ts'
import type { PageState } from '../queries/page-state.ts'
import type { WidgetQueries } from '../queries/widget-queries.ts'

export type OverTime = Extract<Widget, { type: 'line' | 'area' | 'bar' }>

/** A widget's queries and, last, the one of the time it is compared with, bucket by bucket. */
export interface GhostQueries extends Pick<WidgetQueries, 'queries' | 'ignored' | 'grain'> {
  readonly ghost: number | null
  readonly ghostRange: DateRange | null
}

export function withGhost(definition: OverTime, asked: WidgetQueries, state: PageState): GhostQueries {
  const { queries, ignored, grain, range } = asked
  const none = { queries, ignored, grain, ghost: null, ghostRange: null }
  const [main] = queries
  if (main === undefined || grain === null || !isCompared(definition, main, state)) return none
  const ghostRange = shifted(range, state.compare, grain)
  return { ...none, queries: [...queries, { ...main, ...ghostRange }], ghost: queries.length, ghostRange }
}

/** One series, or several where the widget asks for it: more ghosts than that hide the chart. */
function isCompared(definition: OverTime, main: QueryDefinition, { compare }: PageState): boolean {
  if (compare === 'none' || definition.compare === 'none' || definition.by !== undefined) return false
  return definition.compare !== undefined || (definition.type !== 'bar' && main.metrics?.length === 1)
}

/** The range it is compared with, moved by whole weeks, so that a Monday lies above a Monday. */
export function shifted(
  range: DateRange,
  compare: PageState['compare'],
  grain: NonNullable<WidgetQueries['grain']>,
): DateRange {
  const days = daysBetween(range.from, range.to) + 1
  if (grain === 'month' || grain === 'quarter' || grain === 'year') {
    const months = compare === 'previous_year' ? 12 : monthsOf(range)
    return { from: addMonths(range.from, -months), to: addMonths(range.to, -months) }
  }
  const shift = compare === 'previous_year' ? 364 : days < 7 && grain !== 'week' ? days : Math.ceil(days / 7) * 7
  return { from: addDays(range.from, -shift), to: addDays(range.to, -shift) }
}

function monthsOf({ from, to }: DateRange): number {
  const [a = 0, b = 1] = from.split('-').map(Number)
  const [c = 0, d = 1] = to.split('-').map(Number)
  return (c - a) * 12 + (d - b) + 1
}
