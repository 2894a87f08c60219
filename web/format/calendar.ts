import type { Grain } from '../../runtime/definitions/index.ts'

const DAY = 86_400_000

/** Milliseconds of a local day or instant as answers write it, counted as if it were UTC. */
export function toMillis(time: string): number {
  return Date.parse(time.length === 10 ? `${time}T00:00:00Z` : `${time.replace(/Z$/, '')}Z`)
}

export function addDays(day: string, count: number): string {
  return dayOf(toMillis(day) + count * DAY)
}

/** The same day of another month, or its last day where it is shorter. */
export function addMonths(day: string, count: number): string {
  const date = new Date(toMillis(day))
  const wanted = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + count)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(wanted, last))
  return dayOf(date.getTime())
}

export function daysBetween(from: string, to: string): number {
  return Math.round((toMillis(to) - toMillis(from)) / DAY)
}

/** Starts of all buckets from one day to another, as answers write them. */
export function bucketsOf(grain: Grain, from: string, to: string, weekStart: 'monday' | 'sunday'): string[] {
  const buckets: string[] = []
  const end = toMillis(to) + DAY - 1
  for (let at = startOf(grain, from, weekStart); at <= end && buckets.length < 10_000; at = next(grain, at)) {
    buckets.push(grain === 'hour' ? new Date(at).toISOString().slice(0, 19) : dayOf(at))
  }
  return buckets
}

/** First day of the bucket that a day is in. */
export function startDay(grain: Grain, day: string, weekStart: 'monday' | 'sunday'): string {
  return dayOf(startOf(grain, day, weekStart))
}

/** End of the bucket that starts then. */
export function endOf(grain: Grain, start: string): number {
  return next(grain, toMillis(start))
}

export function isWeekend(time: string): boolean {
  return [0, 6].includes(new Date(toMillis(time)).getUTCDay())
}

function startOf(grain: Grain, day: string, weekStart: 'monday' | 'sunday'): number {
  const date = new Date(toMillis(day))
  if (grain === 'week') {
    const offset = (date.getUTCDay() - (weekStart === 'monday' ? 1 : 0) + 7) % 7
    return date.getTime() - offset * DAY
  }
  if (grain === 'month') date.setUTCDate(1)
  if (grain === 'quarter') date.setUTCMonth(Math.floor(date.getUTCMonth() / 3) * 3, 1)
  if (grain === 'year') date.setUTCMonth(0, 1)
  return date.getTime()
}

function next(grain: Grain, at: number): number {
  const months = { month: 1, quarter: 3, year: 12 }[grain as 'month' | 'quarter' | 'year']
  if (months !== undefined) return toMillis(addMonths(dayOf(at), months))
  return at + { hour: DAY / 24, day: DAY, week: 7 * DAY }[grain as 'hour' | 'day' | 'week']
}

function dayOf(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10)
}
