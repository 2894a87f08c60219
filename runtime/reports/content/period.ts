import type { Report } from '../../definitions/index.ts'
import { addDays, addMonths, daysBetween, longDay, startDay, type WeekStart } from './calendar.ts'

/** Days, both inclusive. */
export interface Period {
  readonly from: string
  readonly to: string
}

export type Range = NonNullable<Report['range']> | 'today' | '12m'
export type Compare = 'previous_period' | 'previous_year' | 'none'

/** What a range means on a day. Whole periods only: what is going on today comes with the next report. */
export function periodOf(range: Range, today: string, weekStart: WeekStart): Period {
  const yesterday = addDays(today, -1)
  switch (range) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: yesterday, to: yesterday }
    case 'last_week': {
      const from = addDays(startDay('week', today, weekStart), -7)
      return { from, to: addDays(from, 6) }
    }
    case 'last_month': {
      const first = startDay('month', today, weekStart)
      return { from: addMonths(first, -1), to: addDays(first, -1) }
    }
    case 'last_quarter': {
      const first = startDay('quarter', today, weekStart)
      return { from: addMonths(first, -3), to: addDays(first, -1) }
    }
    case '12m':
      return { from: addDays(addMonths(yesterday, -12), 1), to: yesterday }
    default:
      return { from: addDays(yesterday, 1 - Number.parseInt(range, 10)), to: yesterday }
  }
}

/** What a period is compared with: months with the months before, anything else with as many days right before. */
export function comparedWith({ from, to }: Period, compare: Compare): Period | null {
  if (compare === 'none') return null
  if (compare === 'previous_year') return { from: addMonths(from, -12), to: addMonths(to, -12) }
  const months = wholeMonths({ from, to })
  if (months > 0) return { from: addMonths(from, -months), to: addDays(from, -1) }
  const days = daysBetween(from, to) + 1
  return { from: addDays(from, -days), to: addDays(to, -days) }
}

function wholeMonths({ from, to }: Period): number {
  const next = addDays(to, 1)
  if (!from.endsWith('-01') || !next.endsWith('-01')) return 0
  const [[y1 = 0, m1 = 0], [y2 = 0, m2 = 0]] = [from.split('-').map(Number), next.split('-').map(Number)]
  return (y2 - y1) * 12 + (m2 - m1)
}

export const periodLabel = ({ from, to }: Period): string =>
  from === to ? longDay(from) : `${longDay(from)} – ${longDay(to)}`
