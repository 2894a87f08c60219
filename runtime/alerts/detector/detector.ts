import { type Baseline, createBaseline } from './baseline.ts'
import { createEpisodes } from './episodes.ts'
import { findPeriod } from './period.ts'
import { createShapes, type Shapes } from './shapes.ts'
import { createTail } from './tail.ts'

export interface Reading {
  /** 0 to 1; above one half means rarer than anything that the points so far would lead to. */
  readonly score: number
  readonly expected: number | null
  readonly spread: number | null
}

export interface Detector {
  /** Takes the next point; knows only those before. `slot` counts steps of the clock, gaps included. */
  push(slot: number, value: number): Reading
}

export interface DetectorOptions {
  /** Lengths of cycles that the calendar suggests, in steps: a day, a week. */
  readonly seasons: readonly number[]
}

const UNKNOWN: Reading = { score: 0, expected: null, spread: null }
const COLD = 48
/** Beyond this, squares of differences are no numbers any more. */
const MOST = 1e100

/** Finds spikes, shifts, changes of variability, standstill and unusual shapes in a stream of numbers. */
export function createDetector({ seasons }: DetectorOptions): Detector {
  const baseline = createBaseline(seasons)
  const tails = { error: createTail(), level: createTail(), noise: createTail(), shape: createTail() }
  const level = createLevel()
  const noise = createNoise()
  const cycles = createCycles(baseline)
  const episodes = createEpisodes()
  let count = 0
  return {
    push: (slot, given) => {
      const value = Math.max(-MOST, Math.min(MOST, given))
      const expected = baseline.expect(slot)
      baseline.learn(slot, value)
      const shapes = cycles.push(slot, value)
      count += 1
      const error = expected === undefined ? undefined : Math.abs(value - expected.value)
      const signs = [
        ['error', error],
        ['level', level(value)],
        ['noise', noise(value)],
        ['shape', shapes.distance(value)],
      ] as const
      const rarities = signs.map(([name, sign]) => {
        if (sign === undefined) return 0
        const rarity = tails[name].rarity(sign)
        tails[name].add(sign)
        return rarity
      })
      if (expected === undefined || count < COLD) return UNKNOWN
      const surprise = together(rarities) - Math.log10(count) - doubt(count)
      const raw = 0.5 + 0.5 * Math.tanh(surprise / 2)
      return { score: episodes(count, raw, surprise), expected: expected.value, spread: expected.spread }
    },
  }
}

/** What is known of the first hundreds of points is little. */
const doubt = (count: number) => 1.5 * Math.max(0, 1 - count / 400)

/** The rarest sign counts, and others that are rare as well add to it. */
function together(rarities: readonly number[]): number {
  const sorted = [...rarities].sort((a, b) => b - a)
  return (sorted[0] ?? 0) + 0.3 * Math.max(0, (sorted[1] ?? 0) - 2)
}

/** How far the last points lie from the long run. */
function createLevel() {
  let fast: number | undefined
  let slow: number | undefined
  return (value: number): number | undefined => {
    fast = fast === undefined ? value : fast + 0.12 * (value - fast)
    const distance = slow === undefined ? undefined : Math.abs(fast - slow)
    slow = slow === undefined ? value : slow + 0.004 * (value - slow)
    return distance
  }
}

/** How much livelier, or quieter, the last points are than the long run. */
function createNoise() {
  let previous: number | undefined
  let fast: number | undefined
  let slow: number | undefined
  return (value: number): number | undefined => {
    const change = previous === undefined ? undefined : Math.abs(value - previous)
    previous = value
    if (change === undefined) return undefined
    fast = fast === undefined ? change : fast + 0.08 * (change - fast)
    const ratio = slow === undefined ? undefined : Math.abs(Math.log((fast + 0.02 * slow + 1e-12) / (slow + 1e-12)))
    slow = slow === undefined ? change : slow + 0.004 * (change - slow)
    return ratio
  }
}

const LOOKS = [128, 256, 512, 1024, 2048, 4096, 8192]

/** Looks for a cycle now and then, and keeps the shapes of its length. */
function createCycles(baseline: Baseline) {
  const values: number[] = []
  let shapes: Shapes = createShapes(2)
  let width = 2
  return {
    push: (slot: number, value: number): Shapes => {
      values.push(value)
      if (!LOOKS.includes(values.length)) return shapes
      const period = findPeriod(values)
      if (period === undefined) return shapes
      const first = slot - values.length + 1
      const season = baseline.addSeason(period)
      for (const [index, known] of values.entries()) season.learn(first + index, known)
      const fitting = Math.max(1, Math.round(period / 12))
      if (fitting !== width) {
        width = fitting
        shapes = createShapes(width)
        for (const known of values.slice(0, -1)) shapes.distance(known)
      }
      return shapes
    },
  }
}
