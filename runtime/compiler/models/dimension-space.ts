import type { DimensionRef } from '../manifest.ts'
import { byName as byNodeName, compareText } from '../project/index.ts'
import type { JoinGraph } from './joins/index.ts'
import type { DimensionNode, ModelNode } from './model-node.ts'

/** What a reference to a dimension means, seen from one model or from several at once. */
type Resolution =
  | { readonly kind: 'found'; readonly ref: DimensionRef }
  | { readonly kind: 'ambiguous'; readonly refs: readonly DimensionRef[] }
  | { readonly kind: 'missing' }

export interface DimensionSpace {
  /** `homes`: models whose rows are asked about; only what all of them have counts. */
  resolve(homes: readonly string[], reference: string): Resolution
  /** Every dimension that people may use over these models, by model and name. */
  list(homes: readonly string[]): readonly DimensionRef[]
  /** The shortest way to write a dimension where these models are asked about. */
  nameOf(homes: readonly string[], ref: DimensionRef): string
  names(homes: readonly string[]): readonly string[]
  get(ref: DimensionRef): DimensionNode | undefined
  readonly nodes: ReadonlyMap<string, ModelNode>
  readonly graph: JoinGraph
}

interface Scope {
  readonly byName: ReadonlyMap<string, readonly DimensionRef[]>
  readonly byKey: ReadonlyMap<string, DimensionRef>
  readonly shown: readonly DimensionRef[]
}

export function createDimensionSpace(nodes: ReadonlyMap<string, ModelNode>, graph: JoinGraph): DimensionSpace {
  const scopes = new Map<string, Scope>()
  const scopeOf = (homes: readonly string[]): Scope => {
    const key = homes.join(' ')
    const scope = scopes.get(key) ?? buildScope(nodes, graph, homes)
    scopes.set(key, scope)
    return scope
  }
  const space: DimensionSpace = {
    nodes,
    graph,
    get: ({ model, dimension }) => nodes.get(model)?.dimensions.get(dimension),
    resolve: (homes, reference) => resolve(scopeOf(homes), reference),
    list: (homes) => scopeOf(homes).shown,
    nameOf: (homes, ref) => nameOf(scopeOf(homes), ref),
    names: (homes) => space.list(homes).map((ref) => space.nameOf(homes, ref)),
  }
  return space
}

function buildScope(nodes: ReadonlyMap<string, ModelNode>, graph: JoinGraph, homes: readonly string[]): Scope {
  const [first, ...others] = [...new Set(homes)]
  const everywhere = (model: string) => others.every((home) => graph.reach(home).paths.has(model))
  const owners = first === undefined ? [] : [...graph.reach(first).paths.keys()].filter(everywhere).sort(compareText)
  const isVisible = (node: DimensionNode) => node.public || (others.length === 0 && node.model === first)
  const refs = owners.flatMap((model) =>
    [...(nodes.get(model)?.dimensions.values() ?? [])]
      .filter(isVisible)
      .sort(byNodeName)
      .map(({ name }) => ({ model, dimension: name })),
  )
  const byName = new Map<string, readonly DimensionRef[]>()
  for (const ref of refs) {
    const same = byName.get(ref.dimension) ?? []
    const isOwn = others.length === 0 && ref.model === first
    if (isOwn) byName.set(ref.dimension, [ref])
    else if (!same.some(({ model }) => others.length === 0 && model === first))
      byName.set(ref.dimension, [...same, ref])
  }
  const shown = refs.filter(({ dimension, model }) => nodes.get(model)?.dimensions.get(dimension)?.public)
  return { byName, byKey: new Map(refs.map((ref) => [`${ref.model}.${ref.dimension}`, ref])), shown }
}

function resolve({ byKey, byName }: Scope, reference: string): Resolution {
  if (reference.includes('.')) {
    const ref = byKey.get(reference)
    return ref === undefined ? { kind: 'missing' } : { kind: 'found', ref }
  }
  const refs = byName.get(reference) ?? []
  const [ref] = refs
  if (ref === undefined) return { kind: 'missing' }
  return refs.length === 1 ? { kind: 'found', ref } : { kind: 'ambiguous', refs }
}

function nameOf({ byName }: Scope, { model, dimension }: DimensionRef): string {
  const refs = byName.get(dimension) ?? []
  return refs.length === 1 && refs[0]?.model === model ? dimension : `${model}.${dimension}`
}
