import { pathOf } from '../queries/filters.ts'
import type { Option } from './use-options.ts'

/** A unit of a hierarchy with those below it. */
export interface TreeNode {
  readonly path: string
  readonly label: string
  readonly count: number
  readonly children: readonly TreeNode[]
}

interface Growing {
  readonly path: string
  readonly label: string
  count: number
  readonly children: Map<string, Growing>
}

/** Units nested by their levels. A unit that is its own child, as where a level is missing, stands once. */
export function treeOf(options: readonly Option[]): readonly TreeNode[] {
  const root = new Map<string, Growing>()
  for (const { values, count } of options) {
    let level = root
    for (const [index, label] of values.entries()) {
      if (index > 0 && label === values[index - 1]) break
      const path = pathOf(values.slice(0, index + 1))
      const node = level.get(label) ?? { path, label, count: 0, children: new Map() }
      level.set(label, node)
      node.count += count ?? 0
      level = node.children
    }
  }
  return freeze(root)
}

const freeze = (nodes: ReadonlyMap<string, Growing>): readonly TreeNode[] =>
  [...nodes.values()]
    .map(({ children, ...node }) => ({ ...node, children: freeze(children) }))
    .sort((a, b) => a.label.localeCompare(b.label))

/** Units whose name has the words, with the units above them. */
export function searchTree(nodes: readonly TreeNode[], search: string): readonly TreeNode[] {
  if (search === '') return nodes
  return nodes.flatMap((node) => {
    if (node.label.toLowerCase().includes(search.toLowerCase())) return [node]
    const children = searchTree(node.children, search)
    return children.length === 0 ? [] : [{ ...node, children }]
  })
}

export const isBelow = (path: string, above: string): boolean => path.startsWith(`${above}/`)

/** A unit taken in or out: with a unit all below it are chosen, so they need not be named. */
export function togglePath(chosen: readonly string[], path: string): readonly string[] {
  if (chosen.includes(path)) return chosen.filter((other) => other !== path)
  return [...chosen.filter((other) => !isBelow(other, path) && !isBelow(path, other)), path]
}
