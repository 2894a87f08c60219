import type { ERRORS } from './catalogue.ts'
import { DAY, HOUR } from './local-time.ts'

/** The span of time that is made up; milliseconds. */
export interface Span {
  readonly start: number
  readonly end: number
}

interface Incident {
  readonly from: number
  readonly to: number
  readonly error: (typeof ERRORS)[number]['name']
  /** Chance that a session fails because of it. */
  readonly risk: number
  /** Only this provider's models; all of them without it. */
  readonly provider?: string
}

/** Two bad days that every dashboard must show: sandboxes crash for an afternoon, later one provider's logins fail. */
export function incidents({ start, end }: Span): readonly Incident[] {
  const at = (part: number) => Math.floor((start + (end - start) * part) / DAY) * DAY
  const first = workday(at(0.38))
  const second = workday(at(0.88))
  return [
    { from: first + 10 * HOUR, to: first + 20 * HOUR, error: 'sandbox_crash', risk: 0.55 },
    { from: second + 6 * HOUR, to: second + 30 * HOUR, error: 'auth_failure', risk: 0.8, provider: 'openai' },
  ]
}

/** How busy a day is: weekends and the turn of the year are quiet, Mondays and Fridays a little slower. */
export function dayFactor(day: number): number {
  const date = new Date(day)
  const quiet = date.getUTCMonth() === 11 && date.getUTCDate() >= 23 ? 0.15 : 1
  return quiet * ([0.05, 0.92, 1.08, 1.1, 1.04, 0.82, 0.07][date.getUTCDay()] ?? 1)
}

/** Use per person grows with time: from 0.55 to 1. */
export const growth = (part: number) => 0.55 + 0.45 / (1 + Math.exp(-6 * (part - 0.4)))

function workday(day: number): number {
  const weekday = new Date(day).getUTCDay()
  if (weekday === 0) return day + 2 * DAY
  return weekday === 6 ? day - 3 * DAY : day
}
