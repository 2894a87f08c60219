import { type Local, utcToLocal } from '../calendar.ts'
import type { CubeRequest } from '../cube/cube-request.ts'
import type { Range } from './date-range.ts'

/** Gives a request with windows both ends of its range, from the data where the query leaves one open. Null: no bucket. */
export function closeRange(
  request: CubeRequest,
  time: string,
  open: Range,
  found: readonly [string, string] | null,
): CubeRequest | null {
  const [asked] = request.timeDimensions
  if (asked?.dateRange !== undefined) return request
  const grained = asked?.granularity !== undefined
  if (found === null && grained && (open.from === undefined || open.to === undefined)) return null
  const local = (utc: string): Local => utcToLocal(utc.replace(/Z$/, ''), request.timezone)
  const [first, last] = found === null ? [EMPTY, EMPTY] : [local(found[0]), local(found[1])]
  const from = open.from ?? (open.to !== undefined && first > open.to ? open.to : first)
  const to = open.to ?? later(last, from)
  const dimension = asked ?? { dimension: time }
  return { ...request, timeDimensions: [{ ...dimension, dateRange: [from, to] }] }
}

const EMPTY: Local = '1970-01-01T00:00:00.000'

const later = (a: Local, b: Local): Local => (a > b ? a : b)
