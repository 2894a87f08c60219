/** Random numbers that depend on nothing but their seed. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T
  normal(mean: number, deviation: number): number
  /** Log-normal with this median: many small values, few large ones. */
  logNormal(median: number, sigma: number): number
  poisson(mean: number): number
}

/** The same seed and labels give the same numbers, whatever was drawn elsewhere. */
export function createRandom(seed: number, ...labels: readonly (string | number)[]): Random {
  const next = mulberry32(hash(`${seed}/${labels.join('/')}`))
  const normal = (mean: number, deviation: number) =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    normal,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => at(items, Math.floor(next() * items.length)),
    weighted: (items) => weighted(items, next()),
    logNormal: (median, sigma) => median * Math.exp(normal(0, sigma)),
    poisson: (mean) => poisson(mean, next),
  }
}

export function at<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length]
  if (item === undefined) throw new RangeError('Nothing to choose from.')
  return item
}

function weighted<T extends { readonly weight: number }>(items: readonly T[], position: number): T {
  const total = items.reduce((sum, item) => sum + item.weight, 0)
  let left = position * total
  for (const item of items) {
    left -= item.weight
    if (left < 0) return item
  }
  return at(items, items.length - 1)
}

function poisson(mean: number, next: () => number): number {
  const limit = Math.exp(-mean)
  let product = next()
  let count = 0
  while (product > limit) {
    product *= next()
    count += 1
  }
  return count
}

function hash(text: string): number {
  let value = 2166136261
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 16777619)
  }
  return value >>> 0
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
