import { snakeCase } from '../../documents/index.ts'

const LONGEST = 63

/** A name as this project writes it. */
export function nameOf(text: string): string {
  const snake = snakeCase(text)
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return (/^[a-z]/.test(snake) ? snake : `n_${snake}`).slice(0, LONGEST)
}

/** Gives out names, each once. */
export interface NameBook {
  /** The first of the names that is free; numbered where none is. */
  take(...wishes: readonly string[]): string
  has(name: string): boolean
}

export function createNameBook(taken: Iterable<string> = []): NameBook {
  const names = new Set(taken)
  return {
    take: (...wishes) => {
      const fit = wishes.map((wish) => wish.slice(0, LONGEST))
      const name = fit.find((wish) => !names.has(wish)) ?? numbered(fit.at(-1) ?? 'metric', names)
      names.add(name)
      return name
    },
    has: (name) => names.has(name),
  }
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const candidate = `${name.slice(0, LONGEST - 4)}_${number}`
    if (!taken.has(candidate)) return candidate
  }
}

/** A label that says more than the name does. */
export const labelOf = (label: string | null | undefined, name: string): string | undefined =>
  label == null || label.toLowerCase() === name.replaceAll('_', ' ') ? undefined : label
