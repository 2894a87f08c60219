import { compareText } from './compare.ts'

/** Cycles of a graph, each once, starting with its smallest name: `[a, b]` for a → b → a. */
export function findCycles(
  nodes: Iterable<string>,
  next: (node: string) => Iterable<string>,
): readonly (readonly string[])[] {
  const done = new Set<string>()
  const path = new Map<string, number>()
  const found = new Map<string, readonly string[]>()
  const visit = (node: string) => {
    const start = path.get(node)
    if (start !== undefined) {
      const cycle = fromSmallest([...path.keys()].slice(start))
      found.set(cycle.join(' '), cycle)
      return
    }
    if (done.has(node)) return
    path.set(node, path.size)
    for (const following of next(node)) visit(following)
    path.delete(node)
    done.add(node)
  }
  for (const node of [...nodes].sort(compareText)) visit(node)
  return [...found.values()]
}

/** "`a` → `b` → `a`" */
export const cyclePath = (cycle: readonly string[]): string =>
  [...cycle, ...cycle.slice(0, 1)].map((name) => `\`${name}\``).join(' → ')

function fromSmallest(cycle: readonly string[]): readonly string[] {
  const start = cycle.reduce((best, name, index) => (name < (cycle[best] ?? '') ? index : best), 0)
  return [...cycle.slice(start), ...cycle.slice(0, start)]
}
