import type { Grain } from '../../runtime/definitions/index.ts'
import { endOf, toMillis } from '../format/calendar.ts'
import type { TimeSeries } from './series.ts'

/** Place of the last bucket where it is in progress; null where it is over. */
export function openBucket(grain: Grain, buckets: readonly string[], now: string): number | null {
  const last = buckets.length - 1
  const start = buckets[last]
  return start !== undefined && endOf(grain, start) > toMillis(now) ? last : null
}

const LONG: readonly Grain[] = ['week', 'month', 'quarter', 'year']
const LEAST = 3

/** Weeks and longer are left out until half of them is over: a line to a week's first morning is a cliff. */
export function withoutBeginning(
  data: TimeSeries,
  now: string,
): { readonly data: TimeSeries; readonly begun?: string } {
  const { grain, buckets } = data
  const open = openBucket(grain, buckets, now)
  const start = open === null ? undefined : buckets[open]
  if (open === null || start === undefined || open < LEAST || !LONG.includes(grain)) return { data }
  const elapsed = (toMillis(now) - toMillis(start)) / (endOf(grain, start) - toMillis(start))
  if (elapsed >= 0.5) return { data }
  const series = data.series.map((one) => ({ ...one, values: one.values.slice(0, open) }))
  return { data: { ...data, buckets: buckets.slice(0, open), series }, begun: start }
}
