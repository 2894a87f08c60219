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

/** A range to compare with; where today is not over it ends at the same time of its last day, an instant. */
export interface ComparedRange extends DateRange {
  /** The time of day until which is compared; null where days are whole. */
  readonly until: string | null
}

/** The range it is compared with: as many days right before, or the same days a year ago. `now` is the local time. */
export function comparedRange(range: DateRange, compare: Compare, now: string): ComparedRange | null {
  if (compare === 'none') return null
  const days = daysBetween(range.from, range.to) + 1
  const back = (day: string) => (compare === 'previous_year' ? addMonths(day, -12) : addDays(day, -days))
  const minutes = range.to === now.slice(0, 10) ? elapsedMinutes(now, days === 1 ? 5 : 60) : DAY
  const whole = { from: back(range.from), to: back(range.to), until: null }
  // Queries include the last instant.
  return minutes >= DAY ? whole : { ...whole, to: `${whole.to}T${clock(minutes - 1)}:59.999`, until: clock(minutes) }
}

const DAY = 24 * 60

/** Of the day that is running, in steps: the same question is asked, and its answer kept, for a while. */
function elapsedMinutes(now: string, step: number): number {
  const [hours = 0, minutes = 0] = now.slice(11).split(':').map(Number)
  return Math.max(step, Math.round((hours * 60 + minutes) / step) * step)
}

const clock = (minutes: number) =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
