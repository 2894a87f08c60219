import type { LineageEdge, Manifest } from '../compiler/index.ts'
import { fail, nearest, oneOf } from '../diagnostics/index.ts'
import type { ColumnLineage } from './columns/column-lineage.ts'

/** `metric:success_rate`, `column:fct_sessions.status`, `source:raw.events` and so on. */
export type NodeId = string

export interface LineageGraph {
  readonly edges: readonly LineageEdge[]
  /** Nodes that a node is made of, or that are made of it. */
  next(node: NodeId, way: Way): readonly NodeId[]
  nodes(): readonly NodeId[]
}
export type Way = 'up' | 'down'

/** From the columns of sources to alerts and reports: what the manifest knows, and columns as their SQL derives them. */
export function createLineage(manifest: Manifest, { columns }: ColumnLineage): LineageGraph {
  const derived = [...columns].flatMap(([relation, own]) =>
    [...own].flatMap(([column, origins]) =>
      [...origins].map((origin) => ({ from: `column:${origin}`, to: `column:${relation}.${column}` })),
    ),
  )
  const explained = new Set(derived.map(({ to }) => to))
  const declared = manifest.lineage.filter(({ from, to }) => !(from.startsWith('relation:') && explained.has(to)))
  const edges = [...declared, ...derived]
  const up = grouped(edges.map(({ from, to }) => [to, from]))
  const down = grouped(edges.map(({ from, to }) => [from, to]))
  return {
    edges,
    next: (node, way) => (way === 'up' ? up : down).get(node) ?? [],
    nodes: () => [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort(),
  }
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, Set<string>>()
  for (const [key, value] of pairs) groups.set(key, (groups.get(key) ?? new Set()).add(value))
  return new Map([...groups].map(([key, values]) => [key, [...values].sort()]))
}

const KINDS = ['metric', 'dashboard', 'alert', 'report', 'dimension', 'model', 'relation', 'source', 'column']

/** The node that a name means: with its kind, or alone where one kind has it; what people ask for most comes first. */
export function findNode(graph: LineageGraph, name: string): NodeId {
  const nodes = graph.nodes()
  if (nodes.includes(name)) return name
  const named = nodes.filter((node) => nameOf(node) === name)
  const endings =
    named.length > 0 ? named : nodes.filter((node) => nameOf(node).endsWith(`.${name}`) && !node.startsWith('column:'))
  const [first, ...more] = [...endings].sort((a, b) => KINDS.indexOf(kindOf(a)) - KINDS.indexOf(kindOf(b)))
  if (first === undefined) {
    const near = nearest(name, nodes.map(nameOf))
    return fail('AM6110', `Nothing here is called \`${name}\`.`, {
      hint:
        near === undefined
          ? 'Name a metric, dimension, model, column, dashboard, alert or report.'
          : `Did you mean \`${near}\`?`,
    })
  }
  if (more.some((node) => kindOf(node) === kindOf(first))) {
    return fail('AM6111', `\`${name}\` may be several things.`, {
      hint: `Name one of them: ${oneOf([first, ...more])}`,
    })
  }
  return first
}

export const kindOf = (node: NodeId): string => node.slice(0, node.indexOf(':'))
export const nameOf = (node: NodeId): string => node.slice(node.indexOf(':') + 1)
