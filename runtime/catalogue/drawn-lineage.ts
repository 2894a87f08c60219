import type { LineageEdge } from '../compiler/index.ts'

export interface LineageNode {
  /** `metric:success_rate` */
  readonly id: string
  readonly kind: string
  readonly name: string
  /** Its column in the drawing, from the sources on. */
  readonly layer: number
}

export interface LineagePicture {
  readonly nodes: readonly LineageNode[]
  readonly edges: readonly LineageEdge[]
}

const LAYERS = ['source', 'relation', 'model', 'dimension', 'metric', 'dashboard'] as const

/** A lineage as it is drawn: columns count as their table, and each node stands right of all that it is made of. */
export function drawnLineage(
  all: readonly LineageEdge[],
  { sources, shows }: { readonly sources: ReadonlySet<string>; readonly shows: (node: string) => boolean },
): LineagePicture {
  const tableOf = (node: string) => {
    if (!node.startsWith('column:')) return node
    const table = node.slice('column:'.length, node.lastIndexOf('.'))
    return sources.has(table) ? `source:${table}` : `relation:${table}`
  }
  const edges = new Map<string, LineageEdge>()
  for (const { from, to } of all) {
    const edge = { from: tableOf(from), to: tableOf(to) }
    if (edge.from !== edge.to && shows(edge.from) && shows(edge.to)) edges.set(`${edge.from} ${edge.to}`, edge)
  }
  const kept = withoutShortcuts([...edges.values()])
  return { nodes: layered(kept), edges: kept }
}

/** An edge says nothing where a way over another node leads to the same end. */
function withoutShortcuts(edges: readonly LineageEdge[]): readonly LineageEdge[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
  const reaches = (start: string, end: string) => {
    const seen = new Set((next.get(start) ?? []).filter((node) => node !== end))
    for (const node of seen) {
      for (const one of next.get(node) ?? []) {
        if (one === end) return true
        seen.add(one)
      }
    }
    return false
  }
  return edges.filter(({ from, to }) => !reaches(from, to))
}

function layered(edges: readonly LineageEdge[]): readonly LineageNode[] {
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort()
  const depth = new Map<string, number>()
  const depthOf = (id: string, path: ReadonlySet<string>): number => {
    const known = depth.get(id)
    if (known !== undefined) return known
    const above = edges.filter(({ to, from }) => to === id && !path.has(from))
    const deepest = Math.max(rankOf(id), ...above.map(({ from }) => depthOf(from, new Set([...path, id])) + 1))
    depth.set(id, deepest)
    return deepest
  }
  for (const id of ids) depthOf(id, new Set([id]))
  // Columns that nothing stands in are left out.
  const used = [...new Set(depth.values())].sort((a, b) => a - b)
  return ids.map((id) => {
    const kind = id.slice(0, id.indexOf(':'))
    return { id, kind, name: id.slice(kind.length + 1), layer: used.indexOf(depth.get(id) ?? 0) }
  })
}

function rankOf(id: string): number {
  const kind = id.slice(0, id.indexOf(':'))
  const rank = LAYERS.map(String).indexOf(kind)
  return rank < 0 ? LAYERS.length - 1 : rank
}
