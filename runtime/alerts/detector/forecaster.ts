/** Foretells the next value from those before. */
export interface Forecaster {
  /** Undefined while it knows too little. */
  expect(slot: number): number | undefined
  learn(slot: number, value: number): void
}

/** An exponentially weighted mean; `rate` 1 is the last value. */
export function createMean(rate: number): Forecaster {
  let level: number | undefined
  return {
    expect: () => level,
    learn: (_slot, value) => {
      level = level === undefined ? value : level + rate * (value - level)
    },
  }
}

const LEVEL = 0.04
const SEASON = 0.25

/** A level with a season of `length` slots over it. What is far out moves both by no more than usual errors do. */
export function createSeason(length: number): Forecaster {
  const season = new Float64Array(length)
  const seen = new Uint16Array(length)
  let level: number | undefined
  let spread = 0
  let learnt = 0
  const at = (slot: number) => ((slot % length) + length) % length
  return {
    expect: (slot) =>
      level === undefined || learnt < length || seen[at(slot)] === 0 ? undefined : level + (season[at(slot)] ?? 0),
    learn: (slot, value) => {
      const index = at(slot)
      level ??= value
      learnt += 1
      const error = value - level - (season[index] ?? 0)
      const isNew = seen[index] === 0
      seen[index] = Math.min(65_535, (seen[index] ?? 0) + 1)
      if (isNew) {
        season[index] = value - level
        return
      }
      spread = spread === 0 ? Math.abs(error) : spread + 0.02 * (Math.min(Math.abs(error), 4 * spread) - spread)
      const bounded = Math.max(-3 * spread, Math.min(3 * spread, error))
      level += LEVEL * bounded
      season[index] = (season[index] ?? 0) + Math.max(SEASON, 1 / (seen[index] ?? 1)) * (1 - LEVEL) * bounded
    },
  }
}
