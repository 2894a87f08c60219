import type { Locate } from '../document.ts'
import type { PositionOf } from '../text-position.ts'
import { keyOf, type ModuleSyntax, nodeOf, nodesOf, type SyntaxNode, unwrap } from './syntax-node.ts'

interface Place {
  readonly node: SyntaxNode | undefined
  readonly key: SyntaxNode | undefined
  readonly exact: boolean
}

/** Places in the default export of a module; parts that code computes have that of the code. */
export function locateInModule(text: string, syntax: ModuleSyntax, positionOf: PositionOf): Locate {
  return (path, of = 'value', offset, length = 1) => {
    const { node, key, exact } = find(syntax, path)
    if (exact && of === 'key' && key) return positionOf(key.start, key.end)
    if (node === undefined) return positionOf(0)
    const inside = offset === undefined || !exact ? undefined : startOfText(text, node)
    if (inside === undefined) return positionOf(node.start, node.end)
    return positionOf(inside + (offset ?? 0), inside + (offset ?? 0) + length)
  }
}

function find(syntax: ModuleSyntax, path: readonly (string | number)[]): Place {
  let place: Place = { node: unwrap(syntax.exported, syntax.constants), key: undefined, exact: true }
  for (const step of path) {
    const child = place.node && childOf(place.node, step)
    if (child === undefined) return { ...place, exact: false }
    place = { node: unwrap(child.node, syntax.constants), key: child.key, exact: true }
  }
  return place
}

function childOf(parent: SyntaxNode, step: string | number) {
  if (parent.type === 'ArrayExpression') {
    const items = nodesOf(parent.elements)
    // After a spread the items that are written out no longer stand at their index.
    if (items.slice(0, Number(step) + 1).some((item) => item?.type === 'SpreadElement')) return undefined
    const node = items[Number(step)]
    return node && { node, key: undefined }
  }
  if (parent.type !== 'ObjectExpression') return undefined
  const property = nodesOf(parent.properties).findLast((item) => item && keyOf(item) === step)
  return property && { node: nodeOf(property.value), key: nodeOf(property.key) }
}

/** Where the characters of a text start, if it is written without escapes. */
function startOfText(text: string, node: SyntaxNode): number | undefined {
  const isText = node.type === 'Literal' ? typeof node.value === 'string' : node.type === 'TemplateLiteral'
  if (!isText || nodesOf(node.expressions).length > 0) return undefined
  return text.slice(node.start, node.end).includes('\\') ? undefined : node.start + 1
}
