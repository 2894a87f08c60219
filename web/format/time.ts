import type { Grain } from '../../runtime/definitions/index.ts'
import { toMillis } from './calendar.ts'

const options = (fields: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...fields })
const SHORT: Readonly<Record<Grain, Intl.DateTimeFormat>> = {
  hour: options({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  day: options({ month: 'short', day: 'numeric' }),
  week: options({ month: 'short', day: 'numeric' }),
  month: options({ month: 'short', year: '2-digit' }),
  quarter: options({ month: 'short', year: 'numeric' }),
  year: options({ year: 'numeric' }),
}
const LONG: Readonly<Record<Grain, Intl.DateTimeFormat>> = {
  hour: options({
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }),
  day: options({ weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' }),
  week: options({ month: 'short', day: 'numeric', year: 'numeric' }),
  month: options({ month: 'long', year: 'numeric' }),
  quarter: options({ year: 'numeric' }),
  year: options({ year: 'numeric' }),
}
const DAY = options({ month: 'short', day: 'numeric', year: 'numeric' })

/** A bucket at an axis. */
export function shortTime(time: string, grain: Grain): string {
  return grain === 'quarter' ? quarter(time) : SHORT[grain].format(toMillis(time))
}

/** A bucket in a tooltip. */
export function longTime(time: string, grain: Grain): string {
  if (grain === 'quarter') return quarter(time)
  const text = LONG[grain].format(toMillis(time))
  return grain === 'week' ? `Week of ${text}` : text
}

export function formatDay(day: string): string {
  return DAY.format(toMillis(day))
}

function quarter(time: string): string {
  const date = new Date(toMillis(time))
  return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`
}

/** The moment it is now in a time zone, in the way answers write it. */
export function nowIn(timeZone: string): string {
  return new Date().toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')
}
