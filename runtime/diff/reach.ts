import type { LineageEdge } from '../compiler/index.ts'
import type { Reached } from './change.ts'

/** What depends on a node, over the lineage of both versions: consumers that went are named as well. */
export function createReach(edges: readonly LineageEdge[]): (node: string) => readonly Reached[] {
  const uses = new Map<string, Set<string>>()
  for (const { from, to } of edges) uses.set(from, (uses.get(from) ?? new Set()).add(to))
  return (node) => {
    const ways = new Map<string, readonly string[]>([[node, []]])
    for (const [current, way] of ways) {
      for (const next of [...(uses.get(current) ?? [])].sort()) {
        if (!ways.has(next)) ways.set(next, current === node ? [] : [...way, current])
      }
    }
    ways.delete(node)
    return [...ways]
      .filter(([name]) => !name.startsWith('column:'))
      .map(([name, through]) => ({ node: name, through: through.filter((step) => !step.startsWith('column:')) }))
  }
}
