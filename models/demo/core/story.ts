import { DAY, HOUR } from './local-time.ts'

/** The thirteen months that are told, up to the day of `until`; milliseconds. They go on after that. */
export interface Story {
  readonly seed: number
  /** Midnights in UTC. */
  readonly start: number
  readonly lastDay: number
}

const MONTHS_13 = 396

export function createStory(seed: number, until: number, days = MONTHS_13): Story {
  const lastDay = Math.floor(until / DAY) * DAY
  return { seed, lastDay, start: lastDay - Math.max(days, MONTHS_13) * DAY }
}

/** How much of the story is over: 0 at its start, 1 at its end and after it. */
export const progress = ({ start, lastDay }: Story, time: number) =>
  Math.min(1, Math.max(0, (time - start) / (lastDay - start)))

/** The instant at which that part of the story is over. */
export const instantOf = ({ start, lastDay }: Story, part: number) =>
  Math.floor((start + (lastDay - start) * part) / DAY) * DAY

/** How busy a day is: weekends and the turn of the year are quiet, August and Fridays a little slower. */
export function dayFactor(day: number): number {
  const date = new Date(day)
  const month = date.getUTCMonth()
  const turn = (month === 11 && date.getUTCDate() >= 23) || (month === 0 && date.getUTCDate() === 1)
  const season = turn ? 0.15 : month === 7 ? 0.82 : 1
  return season * ([0.05, 0.92, 1.08, 1.1, 1.04, 0.82, 0.07][date.getUTCDay()] ?? 1)
}

/** Use per person grows with time: from 0.55 to 1. */
export const growth = (part: number) => 0.55 + 0.45 / (1 + Math.exp(-6 * (part - 0.4)))

/** The day itself, or the next Tuesday or the Wednesday before where it is of a weekend. */
export function workday(day: number): number {
  const weekday = new Date(day).getUTCDay()
  if (weekday === 0) return day + 2 * DAY
  return weekday === 6 ? day - 3 * DAY : day
}

export const hoursOf = (day: number, from: number, to: number) => ({ from: day + from * HOUR, to: day + to * HOUR })
