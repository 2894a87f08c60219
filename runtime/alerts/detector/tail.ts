/**
 * How rare a value is among those seen before, also beyond the largest of them: the upper tenth is fitted by a
 * generalised Pareto distribution, so that heavy tails make large values ordinary and light ones make them rare.
 */
export interface Tail {
  /** Tens of rarity: 3 is one in a thousand. 0 while too little is known. */
  rarity(value: number): number
  add(value: number): void
}

const REMEMBERED = 2048
const REFIT = 16
const ENOUGH = 24
const UPPER = 0.1

export function createTail(): Tail {
  const values: number[] = []
  let position = 0
  let fit = { threshold: Number.POSITIVE_INFINITY, scale: 0, shape: 0 }
  let since = 0
  const add = (value: number) => {
    values[position % REMEMBERED] = value
    position += 1
    since += 1
    if (values.length < ENOUGH || (since < REFIT && position > 64)) return
    since = 0
    fit = fitTail(values)
  }
  return { add, rarity: (value) => rarityIn(fit, value) }
}

type Fit = { readonly threshold: number; readonly scale: number; readonly shape: number }

function fitTail(values: readonly number[]): Fit {
  const sorted = Float64Array.from(values).sort()
  const cut = Math.floor(sorted.length * (1 - UPPER))
  const threshold = sorted[cut] ?? 0
  const excess = [...sorted.subarray(cut)].map((value) => value - threshold)
  const mean = excess.reduce((sum, value) => sum + value, 0) / Math.max(1, excess.length)
  const variance = excess.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, excess.length)
  const typical = sorted[Math.floor(sorted.length / 2)] ?? 0
  // Values that hardly vary must not make the least change infinitely rare.
  const least = Math.max(0.05 * Math.abs(threshold), 0.05 * Math.abs(typical), Number.MIN_VALUE)
  const average = Math.max(mean, least)
  const shape = variance > 0 ? Math.min(0.5, Math.max(0, 0.5 * (1 - average ** 2 / variance))) : 0
  return { threshold, scale: average * (1 - shape), shape }
}

function rarityIn({ threshold, scale, shape }: Fit, value: number): number {
  if (!(value > threshold)) return 0
  const distance = (value - threshold) / scale
  const log = shape < 1e-3 ? distance / Math.LN10 : Math.log10(1 + shape * distance) / shape
  return Math.min(30, 1 + log)
}
