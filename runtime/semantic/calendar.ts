import type { Span, Window } from '../compiler/index.ts'
import type { Grain } from '../definitions/index.ts'

/**
 * Local times are text without a zone (`2024-03-31T00:00:00.000`), reckoned as if they were UTC; only `localToUtc`
 * knows zones.
 */
export type Local = string

const DAY = 86_400_000
export type WeekStart = 'monday' | 'sunday'

export const toMillis = (local: Local): number => Date.parse(`${local.slice(0, 23).replace(' ', 'T')}Z`)
export const fromMillis = (millis: number): Local => new Date(millis).toISOString().slice(0, 23)

/** Start of the bucket that `local` lies in. */
export function truncate(local: Local, grain: Grain, weekStart: WeekStart): Local {
  const date = new Date(toMillis(local))
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  if (grain === 'hour') return fromMillis(Math.floor(date.getTime() / 3_600_000) * 3_600_000)
  if (grain === 'day') return fromMillis(Date.UTC(year, month, day))
  if (grain === 'month') return fromMillis(Date.UTC(year, month, 1))
  if (grain === 'quarter') return fromMillis(Date.UTC(year, month - (month % 3), 1))
  if (grain === 'year') return fromMillis(Date.UTC(year, 0, 1))
  const sinceStart = weekStart === 'monday' ? (date.getUTCDay() + 6) % 7 : date.getUTCDay()
  return fromMillis(Date.UTC(year, month, day) - sinceStart * DAY)
}

/** Calendar arithmetic: a month on from 31 January is the last day of February. */
export function addSpan(local: Local, span: Span, sign: 1 | -1 = 1): Local {
  const millis = toMillis(local)
  const count = span.count * sign
  if (span.unit === 'hour') return fromMillis(millis + count * 3_600_000)
  if (span.unit === 'day') return fromMillis(millis + count * DAY)
  if (span.unit === 'week') return fromMillis(millis + count * 7 * DAY)
  const months = count * { month: 1, quarter: 3, year: 12 }[span.unit]
  const date = new Date(millis)
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)
  const last = new Date(Date.UTC(new Date(first).getUTCFullYear(), new Date(first).getUTCMonth() + 1, 0)).getUTCDate()
  return fromMillis(first + (Math.min(date.getUTCDate(), last) - 1) * DAY + (((millis % DAY) + DAY) % DAY))
}

/** Where a window that ends before `end` begins; null for one without beginning. */
export function windowStart(window: Window, end: Local, weekStart: WeekStart): Local | null {
  if ('all' in window) return null
  if ('trailing' in window) return addSpan(end, window.trailing, -1)
  return truncate(fromMillis(toMillis(end) - 1), window.toDate, weekStart)
}

/** End of the first bucket of a range, cut at the end of the range. */
export function firstBucketEnd(start: Local, end: Local, grain: Grain, weekStart: WeekStart): Local {
  const next = addSpan(truncate(start, grain, weekStart), { count: 1, unit: grain })
  return next < end ? next : end
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Offset of a zone from UTC at an instant, in milliseconds. */
export function zoneOffset(utc: number, zone: string): number {
  if (zone === 'UTC') return 0
  const format = formats.get(zone) ?? zoneFormat(zone)
  formats.set(zone, format)
  const parts = Object.fromEntries(format.formatToParts(utc).map((part) => [part.type, Number(part.value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utc / 1000) * 1000
}

const zoneFormat = (zone: string) =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })

/**
 * The instant of a local time, in UTC. Of an hour that occurs twice it is the first, or with `later` the second time;
 * an hour that the clock skips counts on from the change.
 */
export function localToUtc(local: Local, zone: string, later = false): Local {
  const millis = toMillis(local)
  const offsets = [zoneOffset(millis - DAY, zone), zoneOffset(millis + DAY, zone)]
  const instants = offsets.map((offset) => millis - offset).filter((utc) => zoneOffset(utc, zone) === millis - utc)
  const found = later ? Math.max(...instants) : Math.min(...instants)
  return fromMillis(instants.length > 0 ? found : millis - (offsets[0] ?? 0))
}

export const utcToLocal = (utc: Local, zone: string): Local =>
  fromMillis(toMillis(utc) + zoneOffset(toMillis(utc), zone))
