/** A node of an ESTree, as oxc gives it; only what is looked at here. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

export const nodeOf = (value: unknown): SyntaxNode | undefined =>
  typeof value === 'object' && value !== null && 'type' in value ? (value as SyntaxNode) : undefined

export const nodesOf = (value: unknown): readonly (SyntaxNode | undefined)[] =>
  Array.isArray(value) ? value.map(nodeOf) : []

/** The expression a module exports as its default, and its top-level constants by name. */
export interface ModuleSyntax {
  readonly exported: SyntaxNode | undefined
  readonly constants: ReadonlyMap<string, SyntaxNode>
  readonly imports: readonly {
    readonly from: string
    readonly start: number
    readonly end: number
    readonly isType: boolean
  }[]
}

export function moduleSyntax(program: SyntaxNode): ModuleSyntax {
  const constants = new Map<string, SyntaxNode>()
  let exported: SyntaxNode | undefined
  const imports: ModuleSyntax['imports'][number][] = []
  for (const statement of nodesOf(program.body)) {
    if (statement === undefined) continue
    if (statement.type === 'ExportDefaultDeclaration') exported = nodeOf(statement.declaration)
    const inner = statement.type === 'ExportNamedDeclaration' ? (nodeOf(statement.declaration) ?? statement) : statement
    if (inner.type === 'VariableDeclaration' && inner.kind === 'const') addConstants(inner, constants)
    const source = nodeOf(statement.source)
    if (typeof source?.value === 'string') {
      const isType = statement.importKind === 'type' || statement.exportKind === 'type'
      imports.push({ from: source.value, start: source.start, end: source.end, isType })
    }
    for (const specifier of nodesOf(statement.specifiers)) {
      if (statement.type === 'ExportNamedDeclaration' && nodeOf(specifier?.exported)?.name === 'default') {
        exported = nodeOf(specifier?.local) ?? statement
      }
    }
  }
  return { exported, constants, imports }
}

function addConstants(declaration: SyntaxNode, constants: Map<string, SyntaxNode>): void {
  for (const declarator of nodesOf(declaration.declarations)) {
    const name = nodeOf(declarator?.id)?.name
    const value = nodeOf(declarator?.init)
    if (typeof name === 'string' && value) constants.set(name, value)
  }
}

const WRAPPERS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'ParenthesizedExpression',
  'TSTypeAssertion',
])

/** The expression that gives the value: without casts, calls of `define…` and names of constants. */
export function unwrap(
  node: SyntaxNode | undefined,
  constants: ModuleSyntax['constants'],
  depth = 0,
): SyntaxNode | undefined {
  if (node === undefined || depth > 20) return node
  if (WRAPPERS.has(node.type)) return unwrap(nodeOf(node.expression), constants, depth + 1)
  if (isDefinition(node)) return unwrap(nodesOf(node.arguments)[0], constants, depth + 1)
  if (node.type === 'Identifier' && typeof node.name === 'string') {
    const value = constants.get(node.name)
    return value ? unwrap(value, constants, depth + 1) : node
  }
  return node
}

const isDefinition = (node: SyntaxNode) =>
  node.type === 'CallExpression' && /^define[A-Z]\w*$/.test(String(nodeOf(node.callee)?.name))

/** The name of a property that is written out, or undefined. */
export function keyOf(property: SyntaxNode): string | undefined {
  const key = nodeOf(property.key)
  if (property.type !== 'Property' || key === undefined) return undefined
  if (property.computed === true || key.type === 'Literal') return typeof key.value === 'string' ? key.value : undefined
  return typeof key.name === 'string' ? key.name : undefined
}
