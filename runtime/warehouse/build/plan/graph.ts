import type { Manifest, Relation, SourceTable } from '../../../compiler/index.ts'

/** What a build makes: a model, or the table that a source's file is loaded into. */
export type BuildNode =
  | { readonly kind: 'model'; readonly name: string; readonly relation: Relation }
  | { readonly kind: 'source'; readonly name: string; readonly table: SourceTable; readonly file: string }

export interface BuildGraph {
  readonly nodes: ReadonlyMap<string, BuildNode>
  /** Names of nodes that a node reads; what fails there, fails here. */
  upstream(name: string): readonly string[]
  downstream(name: string): readonly string[]
  /** Names of nodes to be built before, if they are built at all: those that only data tests read. */
  testsAfter(name: string): readonly string[]
}

export function buildGraph({ relations, sources }: Pick<Manifest, 'relations' | 'sources'>): BuildGraph {
  const nodes = new Map<string, BuildNode>()
  for (const table of sources) {
    const name = `${table.group}.${table.name}`
    if (table.file !== null) nodes.set(name, { kind: 'source', name, table, file: table.file })
  }
  for (const relation of relations) nodes.set(relation.name, { kind: 'model', name: relation.name, relation })
  const up = new Map(relations.map((relation) => [relation.name, reads(relation).filter((name) => nodes.has(name))]))
  const down = new Map<string, string[]>()
  for (const [name, names] of up) for (const source of names) down.set(source, [...(down.get(source) ?? []), name])
  const upstream = (name: string) => up.get(name) ?? []
  return {
    nodes,
    upstream,
    downstream: (name) => down.get(name) ?? [],
    testsAfter: (name) => softUpstream(nodes.get(name), nodes, upstream),
  }
}

const reads = ({ refs, sources }: Relation): readonly string[] => [...new Set([...refs, ...sources])]

/** All that can be reached from the names by steps, the names included. */
export function reach(names: Iterable<string>, step: (name: string) => readonly string[]): Set<string> {
  const found = new Set(names)
  for (const name of found) for (const next of step(name)) found.add(next)
  return found
}

function softUpstream(
  node: BuildNode | undefined,
  nodes: BuildGraph['nodes'],
  upstream: (name: string) => readonly string[],
): readonly string[] {
  if (node?.kind !== 'model') return []
  const read = node.relation.tests.flatMap(({ check }) => {
    if (check.type === 'relationships') return [check.to]
    if (check.type !== 'sql') return []
    return [...check.sql.matchAll(/\{\{\s*ref\s+["'](\w+)["']\s*\}\}/g)].map(([, name = '']) => name)
  })
  // One that itself reads this model cannot come first: it is tested against as it was.
  return read.filter((name) => name !== node.name && nodes.has(name) && !reach([name], upstream).has(node.name))
}
