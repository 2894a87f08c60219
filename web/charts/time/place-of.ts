import { toMillis } from '../../format/calendar.ts'

/** The bucket an instant lies in; null outside of the chart. */
export function placeOf(at: string, buckets: readonly string[]): number | null {
  const time = toMillis(at)
  const first = buckets[0]
  const last = buckets.at(-1)
  if (first === undefined || last === undefined || Number.isNaN(time) || time < toMillis(first)) return null
  const found = buckets.findLastIndex((bucket) => toMillis(bucket) <= time)
  const step = toMillis(last) - toMillis(buckets.at(-2) ?? first)
  return time > toMillis(last) + Math.max(step, 86_399_999) ? null : found
}
