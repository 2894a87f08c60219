import { isAlias, isMap, isScalar, isSeq, type Scalar, type Document as YamlAst } from 'yaml'
import type { Locate, Path } from '../document.ts'
import type { PositionOf } from '../text-position.ts'
import { offsetInScalar } from './scalar-offset.ts'

interface Found {
  readonly node: unknown
  readonly key?: unknown
  readonly exact: boolean
}

export function locateInYaml(text: string, ast: YamlAst, positionOf: PositionOf): Locate {
  const place = (node: unknown) => {
    const [start, end] = rangeOf(node) ?? [0, 0]
    return positionOf(start, start + text.slice(start, end).trimEnd().length)
  }
  return (path, of = 'value', offset, length = 1) => {
    const { node, key, exact } = find(ast, path)
    if (exact && key !== undefined && (of === 'key' || isEmpty(node))) return place(key)
    if (offset === undefined || !exact || !isScalar(node)) return place(node)
    return insideOf(text, node, offset, length, positionOf) ?? place(node)
  }
}

function insideOf(text: string, node: Scalar, offset: number, length: number, positionOf: PositionOf) {
  const start = offsetInScalar(text, node, offset)
  if (start === undefined) return undefined
  const end = offsetInScalar(text, node, offset + length)
  return positionOf(start, Math.max(start + 1, end ?? start + length))
}

/** The node at a path, or its nearest parent that exists. */
function find(ast: YamlAst, path: Path): Found {
  let found: Found = { node: ast.contents, exact: true }
  for (const step of path) {
    const child = childOf(ast, found.node, step)
    if (child === undefined) return { ...found, exact: false }
    found = { ...child, exact: true }
  }
  return found
}

interface Child {
  readonly node: unknown
  readonly key?: unknown
}

function childOf(ast: YamlAst, parent: unknown, step: string | number): Child | undefined {
  const node = isAlias(parent) ? parent.resolve(ast) : parent
  if (isSeq(node)) return Number(step) in node.items ? { node: node.items[Number(step)] } : undefined
  if (!isMap(node)) return undefined
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
  if (pair) return { node: pair.value, key: pair.key }
  for (const { key, value } of node.items) {
    const merged = isScalar(key) && isMergeKey(key.value) ? mergedChild(ast, value, step) : undefined
    if (merged) return merged
  }
  return undefined
}

function mergedChild(ast: YamlAst, value: unknown, step: string | number): Child | undefined {
  const target = isAlias(value) ? value.resolve(ast) : value
  for (const source of isSeq(target) ? target.items : [target]) {
    const child = childOf(ast, source, step)
    if (child) return child
  }
  return undefined
}

const isMergeKey = (value: unknown) => value === '<<' || (typeof value === 'symbol' && value.description === '<<')

const isEmpty = (node: unknown) => {
  const range = rangeOf(node)
  return range === undefined || range[0] === range[1]
}

export function rangeOf(node: unknown): readonly [number, number] | undefined {
  const range = (node as { readonly range?: readonly [number, number, number] | null } | null | undefined)?.range
  return range ? [range[0], range[1]] : undefined
}
