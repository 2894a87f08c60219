import { addDays, addMonths, daysBetween } from '../format/calendar.ts'
import type { Compare, Preset } from './project.ts'

/** Days, both inclusive. */
export interface DateRange {
  readonly from: string
  readonly to: string
}

export const PRESETS: readonly { readonly name: Preset; readonly label: string; readonly long: string }[] = [
  { name: 'today', label: 'Today', long: 'Today' },
  { name: '7d', label: '7D', long: 'Last 7 days' },
  { name: '30d', label: '30D', long: 'Last 30 days' },
  { name: '90d', label: '90D', long: 'Last 90 days' },
  { name: '12m', label: '12M', long: 'Last 12 months' },
]

const DAYS: Readonly<Record<Exclude<Preset, '12m'>, number>> = { today: 1, '7d': 7, '30d': 30, '90d': 90 }

export function rangeOf(preset: Preset, today: string): DateRange {
  if (preset === '12m') return { from: addDays(addMonths(today, -12), 1), to: today }
  return { from: addDays(today, 1 - DAYS[preset]), to: today }
}

/** The range it is compared with: as many days right before, or the same days a year ago. */
export function comparedRange(range: DateRange, compare: Compare): DateRange | null {
  if (compare === 'none') return null
  if (compare === 'previous_year') return { from: addMonths(range.from, -12), to: addMonths(range.to, -12) }
  const days = daysBetween(range.from, range.to) + 1
  return { from: addDays(range.from, -days), to: addDays(range.to, -days) }
}
