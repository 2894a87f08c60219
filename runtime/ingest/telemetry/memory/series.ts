import type { MetricPoint } from '../otlp/index.ts'
import { BoundedMap } from './bounded-map.ts'

/** The last point of a cumulative series that was counted. */
export interface SeriesState {
  readonly start: bigint
  readonly time: bigint
  readonly value: number
  readonly count: number
}

export type SeriesMap = Map<string, SeriesState>

export const createSeries = (limit = 200_000): SeriesMap => new BoundedMap<string, SeriesState>(limit)

export function stateOf(point: MetricPoint): SeriesState {
  return { start: point.start, time: point.time, value: point.value, count: point.count ?? 0 }
}

/**
 * What a cumulative point adds to the one before it; null where it adds nothing: it was counted, is older, or is the
 * first of a series whose beginning is unknown. A lower value or a later start means that the count began anew.
 */
export function difference(point: MetricPoint, last: SeriesState | undefined): MetricPoint | null {
  if (last === undefined) return point.start === 0n ? null : added(point, point.value, point.count ?? 0)
  if (point.time <= last.time) return null
  const count = point.count ?? 0
  if (point.start > last.start || point.value < last.value || count < last.count) {
    return added(point, point.value, count)
  }
  return added(point, point.value - last.value, count - last.count)
}

function added(point: MetricPoint, value: number, count: number): MetricPoint | null {
  if (value === 0 && count === 0) return null
  return { ...point, value: Number(value.toFixed(12)), count: point.count === null ? null : count }
}
