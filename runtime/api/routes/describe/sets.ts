/** Lists of names that many share, each told once. */
export interface Sets {
  readonly all: readonly (readonly string[])[]
  indexOf(names: readonly string[]): number
}

export function createSets(): Sets {
  const all: (readonly string[])[] = []
  const known = new Map<string, number>()
  return {
    all,
    indexOf: (names) => {
      const key = names.join(' ')
      const index = known.get(key) ?? all.push(names) - 1
      known.set(key, index)
      return index
    },
  }
}
