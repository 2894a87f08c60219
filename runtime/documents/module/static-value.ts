import { keyOf, type ModuleSyntax, nodeOf, nodesOf, type SyntaxNode, unwrap } from './syntax-node.ts'

/** Says that a value can only be known by running the module. */
export const DYNAMIC = Symbol('dynamic')

/** The value of an expression made of literals, read without running anything. */
export function staticValue(expression: SyntaxNode | undefined, constants: ModuleSyntax['constants']): unknown {
  const node = unwrap(expression, constants)
  switch (node?.type) {
    case 'Literal':
      return 'regex' in node || 'bigint' in node ? DYNAMIC : node.value
    case 'TemplateLiteral':
      return templateValue(node)
    case 'UnaryExpression':
      return negative(node, constants)
    case 'ArrayExpression':
      return listValue(node, constants)
    case 'ObjectExpression':
      return mappingValue(node, constants)
    default:
      return DYNAMIC
  }
}

function templateValue(node: SyntaxNode): unknown {
  const [quasi] = nodesOf(node.quasis)
  if (nodesOf(node.expressions).length > 0) return DYNAMIC
  return (quasi?.value as { readonly cooked?: string } | undefined)?.cooked ?? DYNAMIC
}

function negative(node: SyntaxNode, constants: ModuleSyntax['constants']): unknown {
  const value = staticValue(nodeOf(node.argument), constants)
  return node.operator === '-' && typeof value === 'number' ? -value : DYNAMIC
}

function listValue(node: SyntaxNode, constants: ModuleSyntax['constants']): unknown {
  const items = nodesOf(node.elements).map((item) => staticValue(item, constants))
  return items.includes(DYNAMIC) ? DYNAMIC : items
}

function mappingValue(node: SyntaxNode, constants: ModuleSyntax['constants']): unknown {
  const result: Record<string, unknown> = {}
  for (const property of nodesOf(node.properties)) {
    const key = property && keyOf(property)
    if (key === undefined || key === '__proto__' || property?.kind !== 'init') return DYNAMIC
    const value = staticValue(nodeOf(property.value), constants)
    if (value === DYNAMIC) return DYNAMIC
    result[key] = value
  }
  return result
}
