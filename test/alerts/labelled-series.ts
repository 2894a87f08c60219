import type { SeriesPoint } from '../../runtime/alerts/index.ts'

/** A series with the windows, in positions of points, in which something is wrong. */
export interface LabelledSeries {
  readonly name: string
  readonly points: readonly SeriesPoint[]
  readonly windows: readonly (readonly [number, number])[]
}

const MINUTES_5 = 300_000
const DAY = 288

/** A generator of numbers that is the same each time. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

interface Shape {
  readonly name: string
  readonly length?: number
  readonly interval?: number
  readonly value: (index: number, gauss: () => number, random: () => number) => number
  /** Where each anomaly begins; windows are a tenth of the series together, around them. */
  readonly anomalies: readonly number[]
  readonly missing?: (index: number) => boolean
}

const day = (index: number, points = DAY) => Math.sin((2 * Math.PI * index) / points)
const within = (index: number, from: number, length: number) => index >= from && index < from + length
const weekend = (index: number, points: number) => Math.floor(index / points) % 7 >= 5

const SHAPES: readonly Shape[] = [
  {
    name: 'daily season, spike',
    anomalies: [2900],
    value: (i, g) => 50 + 20 * day(i) + 2 * g() + (within(i, 2900, 4) ? 35 : 0),
  },
  {
    name: 'daily season, a value normal at noon comes at night',
    anomalies: [3100],
    value: (i, g) => 50 + 20 * day(i) + 2 * g() + (within(i, 3100, 12) ? -40 * day(i) : 0),
  },
  {
    name: 'daily season, a day without its peak',
    anomalies: [2592],
    value: (i, g) => 50 + (within(i, 2592, DAY) ? 0 : 20 * Math.max(0, day(i))) + 2 * g(),
  },
  { name: 'noise, level shift', anomalies: [2700], value: (i, g) => 100 + 5 * g() + (i >= 2700 ? 30 : 0) },
  {
    name: 'noise, two spikes',
    anomalies: [1500, 3300],
    value: (i, g) => 10 + g() + (i === 1500 || i === 3300 ? 12 : 0),
  },
  { name: 'slow walk, sudden drop', anomalies: [3000], value: walk(3000, 60) },
  {
    name: 'heavy tails, one far beyond',
    anomalies: [2800],
    value: (i, g, r) => 20 + 4 * g() + (r() < 0.02 ? 25 + 15 * r() : 0) + (within(i, 2800, 3) ? 150 : 0),
  },
  {
    name: 'counts with bursts, a flood',
    anomalies: [3200],
    value: (i, _g, r) => Math.floor(-Math.log(r()) * (6 + 4 * day(i))) + (within(i, 3200, 20) ? 60 : 0),
  },
  { name: 'becomes noisy', anomalies: [2600], value: (i, g) => 40 + (i >= 2600 && i < 3000 ? 12 : 2) * g() },
  {
    name: 'stands still',
    anomalies: [2750],
    value: (i, g) => (within(i, 2750, 300) ? 42 : 40 + 10 * day(i) + 2 * g()),
  },
  {
    name: 'drift out of range',
    anomalies: [2900],
    value: (i, g) => 70 + 2 * g() + (i > 2900 ? Math.min(40, (i - 2900) * 0.08) : 0),
  },
  {
    name: 'half-hourly with weeks, a holiday',
    interval: 1_800_000,
    length: 5000,
    anomalies: [3600],
    value: (i, g) =>
      1000 * (weekend(i, 48) ? 0.7 : 1) * (1 + 0.6 * day(i, 48)) +
      40 * g() -
      (within(i, 3600, 48) ? 600 * (1 + 0.6 * day(i, 48)) : 0),
  },
  {
    name: 'hourly with gaps, a cold night',
    interval: 3_600_000,
    length: 4000,
    anomalies: [2800],
    missing: (i) => i % 97 < 5,
    value: (i, g) => 70 + 3 * day(i, 24) + g() - (within(i, 2800, 30) ? 9 : 0),
  },
  {
    name: 'a cycle of 75 points, one beat malformed',
    anomalies: [2925],
    value: (i, g) =>
      (within(i, 2925, 75) ? 0.4 : 1) * Math.exp(-(((i % 75) - 20) ** 2) / 30) +
      0.3 * Math.sin((2 * Math.PI * i) / 75) +
      0.02 * g(),
  },
  {
    name: 'a cycle of 160 points, one beat early',
    anomalies: [3040],
    value: (i, g) => Math.sin((2 * Math.PI * (i + (within(i, 3040, 400) ? 55 : 0))) / 160) + 0.05 * g(),
  },
  {
    name: 'load with batch jobs, an hour of saturation',
    anomalies: [3150],
    value: (i, g) => (within(i, 3150, 40) ? 98 : 15 + (i % 48 < 3 ? 50 : 0)) + g(),
  },
  { name: 'nothing wrong: daily season', anomalies: [], value: (i, g) => 30 + 10 * day(i) + g() },
  { name: 'nothing wrong: heavy tails', anomalies: [], value: (_i, g, r) => 5 + g() + (r() < 0.03 ? 20 * r() : 0) },
  { name: 'nothing wrong: batch jobs', anomalies: [], value: (i, g) => 15 + (i % 96 < 4 ? 60 : 0) + 2 * g() },
  { name: 'nothing wrong: slow walk', anomalies: [], value: walk(-1, 0) },
]

function walk(drop: number, size: number): Shape['value'] {
  let level = 80
  return (index, gauss) => {
    level += 0.25 * gauss() - 0.002 * (level - 80)
    return level - (drop >= 0 && within(index, drop, 80) ? size : 0) + 0.3 * gauss()
  }
}

export const labelledSeries = (): readonly LabelledSeries[] => SHAPES.map((shape, index) => seriesOf(shape, 41 + index))

function seriesOf(
  { anomalies, interval = MINUTES_5, length = 4000, missing, name, value }: Shape,
  seed: number,
): LabelledSeries {
  const random = randomOf(seed)
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const start = Date.parse('2024-01-01T00:00:00Z')
  const points: SeriesPoint[] = []
  const positions = new Map<number, number>()
  for (let index = 0; index < length; index++) {
    const number = value(index, gauss, random)
    if (missing?.(index)) continue
    positions.set(index, points.length)
    const time = start + index * interval
    points.push({ timestamp: new Date(time).toISOString(), value: String(number), time, number })
  }
  const half = anomalies.length === 0 ? 0 : Math.floor((0.1 * points.length) / anomalies.length / 2)
  const windows = anomalies.map((index) => {
    const center = positions.get(index) ?? index
    return [center - half, center + half] as const
  })
  return { name, points, windows }
}
