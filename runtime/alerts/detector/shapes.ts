const PARTS = 12
const REMEMBERED = 1500

/** How unlike anything before the last stretch of a series is: the distance to the most similar stretch. */
export interface Shapes {
  /** Undefined between two looks and while too little is known. */
  distance(value: number): number | undefined
}

/** A stretch is 12 means of `width` points each. */
export function createShapes(width: number): Shapes {
  const known = new Float64Array(REMEMBERED * PARTS)
  const parts: number[] = []
  let stored = 0
  let sum = 0
  let count = 0
  return {
    distance: (value) => {
      sum += value
      count += 1
      if (count < width) return undefined
      parts.push(sum / count)
      sum = 0
      count = 0
      if (parts.length < 2 * PARTS) return undefined
      // What overlaps with the last stretch is like it in any case.
      store(known, stored % REMEMBERED, parts)
      stored += 1
      parts.shift()
      const last = parts.slice(-PARTS)
      return stored < PARTS ? undefined : nearest(known, Math.min(stored, REMEMBERED), last)
    },
  }
}

function store(known: Float64Array, row: number, parts: readonly number[]) {
  for (let index = 0; index < PARTS; index++) known[row * PARTS + index] = parts[index] ?? 0
}

function nearest(known: Float64Array, rows: number, last: readonly number[]): number {
  let best = Number.POSITIVE_INFINITY
  for (let row = 0; row < rows; row++) {
    let distance = 0
    for (let index = 0; index < PARTS && distance < best; index++) {
      distance += Math.abs((known[row * PARTS + index] ?? 0) - (last[index] ?? 0))
    }
    if (distance < best) best = distance
  }
  return best
}
