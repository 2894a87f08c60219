import type { Span } from '../../compiler/index.ts'
import type { Grain } from '../../definitions/index.ts'
import {
  addSpan,
  fromMillis,
  type Local,
  toMillis,
  truncate,
  utcToLocal,
  type WeekStart,
} from '../../semantic/index.ts'

/** Where and how the project counts time. */
export interface Clock {
  readonly timezone: string
  readonly weekStart: WeekStart
}

const localNow = (now: number, { timezone }: Clock): Local => utcToLocal(fromMillis(now), timezone)

/** Begin of the period that `now` lies in. */
export const currentPeriod = (now: number, grain: Grain, clock: Clock): Local =>
  truncate(localNow(now, clock), grain, clock.weekStart)

/** Begin of the last period that was over `delay` ago. */
export const lastPeriod = (now: number, grain: Grain, clock: Clock, delay = 0): Local =>
  shift(currentPeriod(now - delay, grain, clock), { count: -1, unit: grain })

export const shift = (local: Local, { count, unit }: Span): Local =>
  count < 0 ? addSpan(local, { count: -count, unit }, -1) : addSpan(local, { count, unit })

let lastBetween: { readonly key: string; readonly periods: readonly Local[] } | undefined

/** Begins of the periods from one to another, both included. The same ones are asked for again and again. */
export function periodsBetween(from: Local, to: Local, grain: Grain): readonly Local[] {
  const key = `${from} ${to} ${grain}`
  if (lastBetween?.key !== key) lastBetween = { key, periods: listPeriods(from, to, grain) }
  return lastBetween.periods
}

function listPeriods(from: Local, to: Local, grain: Grain): readonly Local[] {
  const periods: Local[] = []
  for (let at = from; at <= to && periods.length < 50_000; at = addSpan(at, { count: 1, unit: grain })) periods.push(at)
  return periods
}

/** A period as the semantic layer calls it in its answers. */
export const labelOf = (period: Local, grain: Grain): string => period.slice(0, grain === 'hour' ? 19 : 10)

/** The range of a question from the begin of one period to the end of another. */
export function rangeOf(first: Local, last: Local, grain: Grain): { readonly from: string; readonly to: string } {
  const end = fromMillis(toMillis(addSpan(last, { count: 1, unit: grain })) - 1)
  return grain === 'hour' ? { from: first.slice(0, 19), to: end } : { from: first.slice(0, 10), to: end.slice(0, 10) }
}

/** `the day 2026-03-31`, `the hour from 2026-03-31 09:00`. */
export function nameOfPeriod(period: Local, grain: Grain): string {
  if (grain === 'hour') return `the hour from ${period.slice(0, 16).replace('T', ' ')}`
  if (grain === 'day') return period.slice(0, 10)
  if (grain === 'month') return period.slice(0, 7)
  if (grain === 'year') return period.slice(0, 4)
  return grain === 'week' ? `the week from ${period.slice(0, 10)}` : `the quarter from ${period.slice(0, 10)}`
}

export function spanOf(text: string): Span {
  const [count = '1', unit = 'day'] = text.split(' ')
  return { count: Number(count), unit: unit.replace(/s$/, '') as Grain }
}
