import { createDetector } from './detector.ts'
import type { SeriesPoint } from './read-series.ts'

export interface ScoredPoint extends SeriesPoint {
  readonly score: number
}

export interface ScoreNotes {
  /** Points that come before the one above them. */
  disordered: number
  missing: number
}

/** Points that tell how far apart points are; their own scores are 0 in any case. */
const FIRST = 32

/** Scores a series point by point: a score depends on the points up to it, and on no later one. */
export async function* scoreSeries(points: AsyncIterable<SeriesPoint>, notes: ScoreNotes): AsyncGenerator<ScoredPoint> {
  const first: SeriesPoint[] = []
  let score: ((point: SeriesPoint) => number) | undefined
  for await (const point of points) {
    if (score !== undefined) {
      yield { ...point, score: score(point) }
      continue
    }
    first.push(point)
    if (first.length < FIRST) continue
    score = createScorer(first, notes)
    for (const early of first) yield { ...early, score: score(early) }
  }
  if (score !== undefined) return
  const few = createScorer(first, notes)
  for (const early of first) yield { ...early, score: few(early) }
}

function createScorer(first: readonly SeriesPoint[], notes: ScoreNotes): (point: SeriesPoint) => number {
  const interval = intervalOf(first)
  const detector = createDetector({ seasons: seasonsOf(interval) })
  const start = first[0]?.time ?? 0
  let last = Number.NEGATIVE_INFINITY
  let slot = -1
  return ({ number, time }) => {
    if (time < last) notes.disordered += 1
    slot = time > last ? Math.max(slot + 1, Math.round((time - start) / interval)) : slot + 1
    last = Math.max(last, time)
    if (number !== null) return detector.push(slot, number).score
    notes.missing += 1
    return 0
  }
}

/** The middle one of the distances between points. */
function intervalOf(points: readonly SeriesPoint[]): number {
  const steps = points
    .slice(1)
    .map(({ time }, index) => time - (points[index]?.time ?? 0))
    .filter((step) => step > 0)
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 1000
}

const DAY = 86_400_000
const MOST_SLOTS = 3000

/** A day and a week in points, where points are that regular. */
function seasonsOf(interval: number): readonly number[] {
  return [DAY, 7 * DAY]
    .map((length) => length / interval)
    .filter((slots) => Number.isInteger(slots) && slots >= 4 && slots <= MOST_SLOTS)
}
