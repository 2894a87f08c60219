import { openBucket } from '../charts/open-bucket.ts'
import type { TimeSeries } from '../charts/series.ts'

/** What a value is part of, and what the one before came to. */
export interface SoFar {
  readonly now: string
  readonly previously: string
  readonly before: number
}

const NAMES: Readonly<Record<TimeSeries['grain'], readonly [string, string]>> = {
  hour: ['this hour', 'the hour before'],
  day: ['today', 'yesterday'],
  week: ['this week', 'last week'],
  month: ['this month', 'last month'],
  quarter: ['this quarter', 'last quarter'],
  year: ['this year', 'last year'],
}

/** A value that is of the last bucket alone is small while that has just begun, and looks like a fall; null for others. */
export function soFar({ buckets, grain, series }: TimeSeries, value: number | null, now: string): SoFar | null {
  const [before = null, last = null] = series[0]?.values.slice(-2) ?? []
  if (value === null || value !== last || before === null || openBucket(grain, buckets, now) === null) return null
  const [part, previously] = NAMES[grain]
  return { now: part, previously, before }
}
