import type { Grain } from '../../definitions/index.ts'

const DAY = 86_400_000

export type WeekStart = 'monday' | 'sunday'

/** Milliseconds of a local day or time as answers write it, counted as if it were UTC. */
export function toMillis(time: string): number {
  return Date.parse(time.length === 10 ? `${time}T00:00:00Z` : `${time.replace(/Z$/, '').replace(' ', 'T')}Z`)
}

export const dayOf = (millis: number): string => new Date(millis).toISOString().slice(0, 10)

export const addDays = (day: string, count: number): string => dayOf(toMillis(day) + count * DAY)

export const daysBetween = (from: string, to: string): number => Math.round((toMillis(to) - toMillis(from)) / DAY)

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

/** First day of the bucket that a day is in. */
export function startDay(grain: Grain, day: string, weekStart: WeekStart): string {
  const date = new Date(toMillis(day))
  if (grain === 'week') {
    const offset = (date.getUTCDay() - (weekStart === 'monday' ? 1 : 0) + 7) % 7
    return dayOf(date.getTime() - offset * DAY)
  }
  if (grain === 'month') date.setUTCDate(1)
  if (grain === 'quarter') date.setUTCMonth(Math.floor(date.getUTCMonth() / 3) * 3, 1)
  if (grain === 'year') date.setUTCMonth(0, 1)
  return dayOf(date.getTime())
}

/** Starts of all buckets from one day to another, as answers write them. */
export function bucketsOf(grain: Grain, from: string, to: string, weekStart: WeekStart): readonly string[] {
  const buckets: string[] = []
  const end = toMillis(to) + DAY - 1
  let at = toMillis(startDay(grain, from, weekStart))
  while (at <= end && buckets.length < 10_000) {
    buckets.push(grain === 'hour' ? new Date(at).toISOString().slice(0, 19) : dayOf(at))
    at = next(grain, at)
  }
  return buckets
}

function next(grain: Grain, at: number): number {
  const months = { month: 1, quarter: 3, year: 12 }[grain as 'month' | 'quarter' | 'year']
  if (months !== undefined) return toMillis(addMonths(dayOf(at), months))
  return at + { hour: DAY / 24, day: DAY, week: 7 * DAY }[grain as 'hour' | 'day' | 'week']
}

const written = (fields: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...fields })
const SHORT: Readonly<Record<Grain, Intl.DateTimeFormat>> = {
  hour: written({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  day: written({ month: 'short', day: 'numeric' }),
  week: written({ month: 'short', day: 'numeric' }),
  month: written({ month: 'short', year: '2-digit' }),
  quarter: written({ month: 'short', year: 'numeric' }),
  year: written({ year: 'numeric' }),
}
const LONG = written({ month: 'short', day: 'numeric', year: 'numeric' })

export const shortTime = (time: string, grain: Grain): string => SHORT[grain].format(toMillis(time))
export const longDay = (day: string): string => LONG.format(toMillis(day))

/** The day it is in a time zone at an instant. */
export function localDay(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return parts.format(at)
}

/** An instant as people of a time zone write it. */
export function localTime(at: Date, timeZone: string): string {
  const text = new Intl.DateTimeFormat('en-US', {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(at)
  return `${text} ${timeZone}`
}
