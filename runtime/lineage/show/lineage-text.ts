import type { LineageEdge } from '../../compiler/index.ts'
import { kindOf, type NodeId, nameOf } from '../lineage-graph.ts'
import type { Trace } from '../trace.ts'

interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
}

/** Two trees: what it is made of, and what is made of it. A branch that was shown is not shown again. */
export function lineageText({ node, up, down }: Trace, paint: Paint): string {
  const above = new Map<string, string[]>()
  for (const { from, to } of up) above.set(to, [...(above.get(to) ?? []), from])
  const below = new Map<string, string[]>()
  for (const { from, to } of down) below.set(from, [...(below.get(from) ?? []), to])
  const part = (title: string, edges: readonly LineageEdge[], next: ReadonlyMap<string, readonly string[]>) =>
    edges.length === 0 ? [`${paint.dim(title)} nothing`] : [paint.dim(title), ...branches(node, next, paint)]
  return [
    `${paint.dim(kindOf(node))} ${paint.bold(nameOf(node))}`,
    ...part('made of', up, above),
    ...part('used by', down, below),
  ].join('\n')
}

function branches(root: NodeId, next: ReadonlyMap<string, readonly string[]>, { dim }: Paint): readonly string[] {
  const shown = new Set<string>()
  const draw = (node: NodeId, indent: string): string[] =>
    (next.get(node) ?? []).flatMap((child, index, all) => {
      const last = index === all.length - 1
      const again = shown.has(child) && next.has(child)
      shown.add(child)
      const line = `${indent}${last ? '└ ' : '├ '}${dim(kindOf(child))} ${nameOf(child)}${again ? dim(' (as above)') : ''}`
      return [line, ...(again ? [] : draw(child, `${indent}${last ? '  ' : '│ '}`))]
    })
  return draw(root, '  ')
}
