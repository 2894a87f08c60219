/** A value of both versions at one point: a bucket of time and values of the dimensions. */
export interface Point {
  readonly at: Readonly<Record<string, unknown>>
  readonly before: number | null
  readonly after: number | null
  /** Relative to the value before; null where there was none, or 0. */
  readonly change: number | null
}

export interface ValueDiff {
  readonly metric: string
  readonly points: number
  readonly moved: number
  /** Of the points that moved, the greatest first; `shown` of them. */
  readonly largest: readonly Point[]
  /** All points in the order of the answer. */
  readonly series: readonly Point[]
}

type Row = Readonly<Record<string, unknown>>

const SHOWN = 5
/** Sums of the same numbers in another order differ in the last digits. */
const TOLERANCE = 1e-9

/** Lays the answers of two versions side by side; rows that only one has are there with null on the other side. */
export function compareValues(
  metric: string,
  keys: readonly string[],
  before: readonly Row[],
  after: readonly Row[],
): ValueDiff {
  const keyOf = (row: Row) => JSON.stringify(keys.map((key) => row[key] ?? null))
  const old = new Map(before.map((row) => [keyOf(row), row]))
  const now = new Map(after.map((row) => [keyOf(row), row]))
  const series = [...new Set([...old.keys(), ...now.keys()])].sort().map((key) => {
    const [was, is] = [old.get(key), now.get(key)]
    const at = Object.fromEntries(keys.map((name) => [name, (is ?? was)?.[name] ?? null]))
    return pointOf(at, numberOf(was?.[metric]), numberOf(is?.[metric]))
  })
  const moved = series.filter(hasMoved)
  const largest = [...moved].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, SHOWN)
  return { metric, points: series.length, moved: moved.length, largest, series }
}

function pointOf(at: Row, before: number | null, after: number | null): Point {
  const change = before === null || after === null || before === 0 ? null : (after - before) / Math.abs(before)
  return { at, before, after, change }
}

const numberOf = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null)

function hasMoved({ before, after }: Point): boolean {
  if (before === null || after === null) return before !== after
  return Math.abs(after - before) > TOLERANCE * Math.max(1, Math.abs(before), Math.abs(after))
}

/** A point that came or went, or left 0, has moved further than any that is still there. */
const sizeOf = ({ change }: Point) => (change === null ? Number.POSITIVE_INFINITY : Math.abs(change))
