import type { Manifest } from '../../compiler/index.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'

/** Relations whose data versions say whether an answer over a relation is still good: what a view reads stands for the view. */
export function createDependencies(manifest: Manifest): (relation: string) => readonly string[] {
  const relations = new Map(manifest.relations.map((relation) => [relation.name, relation]))
  const sources = new Map(
    manifest.sources.map((source) => [`${source.group}.${source.name}`, `${source.schema}.${source.name}`]),
  )
  const known = new Map<string, readonly string[]>()
  const visit = (name: string): readonly string[] => {
    const found = known.get(name)
    if (found !== undefined) return found
    const relation = relations.get(name)
    const answer =
      relation === undefined || relation.materialized !== 'view'
        ? [name]
        : [name, ...relation.refs.flatMap(visit), ...relation.sources.map((source) => sources.get(source) ?? source)]
    known.set(name, answer)
    return answer
  }
  return (relation) => [...new Set(visit(relation))].sort()
}

/** Relations behind a view, looked up once. */
export function createRelationsOf(index: ModelIndex): (view: string) => readonly string[] {
  const dependencies = createDependencies(index.manifest)
  const known = new Map<string, readonly string[]>()
  return (view) => {
    const found = known.get(view)
    if (found !== undefined) return found
    const all = modelsBehind(index, view).flatMap((model) => dependencies(index.model(model).relation))
    const relations = [...new Set(all)].sort()
    known.set(view, relations)
    return relations
  }
}

/** Models that a query over a view can read. */
function modelsBehind(index: ModelIndex, view: string): readonly string[] {
  const stack = index.stack(view)
  const roots = stack === undefined ? [view] : stack.branches.map((branch) => branch.model)
  return [...new Set(roots.flatMap((root) => index.model(root).reachable.map((reachable) => reachable.model)))]
}

/** Versions of relations as a key; null where one has none, because then nobody knows when it changes. */
export function versionKey(relations: readonly string[], versions: ReadonlyMap<string, number>): string | null {
  const parts: string[] = []
  for (const relation of relations) {
    const version = versionOf(relation, versions)
    if (version === undefined) return null
    parts.push(`${relation}=${version}`)
  }
  return parts.join(',')
}

function versionOf(relation: string, versions: ReadonlyMap<string, number>): number | undefined {
  return versions.get(relation) ?? versions.get(`main.${relation}`) ?? versions.get(`public.${relation}`)
}
