import type { Locate, Path } from '../../documents/index.ts'

interface Pruned {
  readonly content: unknown
  /** `locate` for paths into the pruned content. */
  readonly locate: Locate
}

/** Leaves out the values at some paths; the places of what remains are still found. */
export function prune(content: unknown, paths: readonly Path[], locate: Locate): Pruned {
  if (paths.length === 0) return { content, locate }
  const kept = new Map<string, readonly number[]>()
  const pruned = without(content, [], treeOf(paths), kept)
  return { content: pruned, locate: (path, ...rest) => locate(original(path, kept), ...rest) }
}

type Tree = Map<string | number, Tree>

function treeOf(paths: readonly Path[]): Tree {
  const root: Tree = new Map()
  for (const path of paths) {
    let node = root
    for (const step of path) {
      const next: Tree = node.get(step) ?? new Map()
      node.set(step, next)
      node = next
    }
    node.clear()
    node.set(DROPPED, new Map())
  }
  return root
}

const DROPPED = '\0'

/** `to` is the path in the result. */
function without(value: unknown, to: Path, tree: Tree, kept: Map<string, readonly number[]>): unknown {
  if (Array.isArray(value)) {
    const indexes = value.flatMap((_, index) => (tree.get(index)?.has(DROPPED) ? [] : [index]))
    kept.set(JSON.stringify(to), indexes)
    return indexes.map((index, place) => child(value[index], [...to, place], tree.get(index), kept))
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => !tree.get(key)?.has(DROPPED))
  return Object.fromEntries(entries.map(([key, item]) => [key, child(item, [...to, key], tree.get(key), kept)]))
}

const child = (value: unknown, to: Path, tree: Tree | undefined, kept: Map<string, readonly number[]>) =>
  tree === undefined ? value : without(value, to, tree, kept)

function original(path: Path, kept: ReadonlyMap<string, readonly number[]>): Path {
  return path.map((step, index) => {
    const indexes = typeof step === 'number' ? kept.get(JSON.stringify(path.slice(0, index))) : undefined
    return typeof step === 'number' ? (indexes?.[step] ?? step) : step
  })
}
