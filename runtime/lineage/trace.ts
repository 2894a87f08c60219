import type { LineageEdge } from '../compiler/index.ts'
import { kindOf, type LineageGraph, type NodeId, type Way } from './lineage-graph.ts'

export interface Trace {
  readonly node: NodeId
  readonly up: readonly LineageEdge[]
  readonly down: readonly LineageEdge[]
}

/** Everything a node is made of, and everything that is made of it. */
export function traceNode(graph: LineageGraph, node: NodeId): Trace {
  return { node, up: walk(graph, node, 'up'), down: walk(graph, node, 'down') }
}

/** Whole tables; for whatever is made of single columns they would say too much. */
const COARSE = new Set(['relation', 'source', 'model'])

function walk(graph: LineageGraph, start: NodeId, way: Way): readonly LineageEdge[] {
  const coarse = COARSE.has(kindOf(start))
  const seen = new Set([start])
  const edges: LineageEdge[] = []
  for (const node of seen) {
    for (const next of graph.next(node, way)) {
      if (
        !coarse &&
        way === 'up' &&
        kindOf(node) === 'model' &&
        kindOf(next) !== 'relation' &&
        kindOf(next) !== 'source'
      )
        continue
      edges.push(way === 'up' ? { from: next, to: node } : { from: node, to: next })
      const goesOn = coarse || way === 'down' || !['relation', 'source'].includes(kindOf(next))
      if (goesOn) seen.add(next)
    }
  }
  return edges
}
