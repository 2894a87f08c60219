import type { LineageEdge } from '../../compiler/index.ts'
import { kindOf, type NodeId, nameOf } from '../lineage-graph.ts'

const SHAPES: Readonly<Record<string, readonly [string, string]>> = {
  source: ['[(', ')]'],
  relation: ['[(', ')]'],
  column: ['[', ']'],
  model: ['{{', '}}'],
  dimension: ['(', ')'],
  metric: ['([', '])'],
}

/** A flowchart that GitHub, GitLab and most wikis draw. */
export function lineageMermaid(edges: readonly LineageEdge[]): string {
  const ids = new Map<NodeId, string>()
  const idOf = (node: NodeId) => {
    const id = ids.get(node) ?? `n${ids.size + 1}`
    ids.set(node, id)
    return id
  }
  const arrows = edges.map(({ from, to }) => `  ${idOf(from)} --> ${idOf(to)}`)
  const nodes = [...ids].map(([node, id]) => {
    const [open, close] = SHAPES[kindOf(node)] ?? ['[[', ']]']
    return `  ${id}${open}"${kindOf(node)}<br/>${nameOf(node)}"${close}`
  })
  return ['flowchart LR', ...nodes, ...arrows].join('\n')
}
