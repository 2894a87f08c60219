import { HOUR } from '../core/local-time.ts'

const MINUTE = 60_000
const QUARTER = 15 * MINUTE

/** How often the platform is looked at: the older, the less is kept. Milliseconds. */
export interface Rhythm {
  /** Before this instant once in two hours, then every quarter of an hour. */
  readonly detailedFrom: number
  /** From this instant on every minute. */
  readonly liveFrom: number
}

/** Looks that fall on a day, with the time that each stands for; `offset` keeps several series apart. */
export function* looks(day: number, rhythm: Rhythm, offset: number): Generator<{ time: number; interval: number }> {
  const end = day + 24 * HOUR
  for (let time = day; time < end; ) {
    const interval = time >= rhythm.liveFrom ? MINUTE : time >= rhythm.detailedFrom ? QUARTER : 2 * HOUR
    yield { time: time + offset, interval }
    time += interval
  }
}

/** The minute of an instant as it stands in ids. */
export const minuteName = (time: number) => new Date(time).toISOString().slice(0, 16).replace(/[-:T]/g, '')
