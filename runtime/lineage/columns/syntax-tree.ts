/** A node of the tree that DuckDB parses SQL into; its keys depend on its type. */
export type SyntaxNode = Readonly<Record<string, unknown>>

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function nodeAt(node: SyntaxNode, ...keys: readonly string[]): SyntaxNode | undefined {
  let current: unknown = node
  for (const key of keys) current = isNode(current) ? current[key] : undefined
  return isNode(current) ? current : undefined
}

export function nodesAt(node: SyntaxNode, key: string): readonly SyntaxNode[] {
  const value = node[key]
  return Array.isArray(value) ? value.filter(isNode) : []
}

export function textAt(node: SyntaxNode, key: string): string {
  const value = node[key]
  return typeof value === 'string' ? value : ''
}

export function textsAt(node: SyntaxNode, key: string): readonly string[] {
  const value = node[key]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
