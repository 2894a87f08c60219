export interface Numbers {
  /** From 0 up to, not including, 1. */
  next(): number
  below(limit: number): number
  chance(part: number): boolean
  pick<T>(items: readonly T[]): T
}

/** Numbers that look random and are the same each time. */
export function numbersFrom(seed: number): Numbers {
  let state = seed
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (part) => next() < part,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('Nothing to pick from.')
      return item
    },
  }
}
