import type { Manifest, Relation } from '../../compiler/index.ts'

export interface Isolated {
  /** The project with the relations that differ, and those that read them, in a schema of their own. */
  readonly manifest: Manifest
  /** Names of these relations there. */
  readonly relations: readonly string[]
}

/** What reads none of the changed relations stays where it is and is read by both versions. */
export function isolateModels(manifest: Manifest, changed: ReadonlySet<string>, schema: string): Isolated {
  const affected = withReaders(manifest.relations, changed)
  const place = (name: string) => (affected.has(name) ? `${schema}.${name}` : name)
  const relations = manifest.relations
    .filter(({ name }) => affected.has(name))
    .map((relation) => ({
      ...relation,
      name: place(relation.name),
      refs: relation.refs.map(place),
      sql: relation.sql.replace(
        REF,
        (_all, head: string, name: string, tail: string) => `${head}${place(name)}${tail}`,
      ),
      tests: [],
    }))
  const kept = manifest.relations.filter(({ name }) => !affected.has(name))
  return {
    manifest: {
      ...manifest,
      relations: [...kept, ...relations],
      models: manifest.models.map((model) => ({ ...model, relation: place(model.relation), preAggregations: [] })),
    },
    relations: relations.map(({ name }) => name),
  }
}

const REF = /(\{\{\s*ref\s+["'])(\w+)(["']\s*\}\})/g

function withReaders(relations: readonly Relation[], changed: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set(relations.map(({ name }) => name))
  const affected = new Set([...changed].filter((name) => names.has(name)))
  for (const name of affected) {
    for (const reader of relations) if (reader.refs.includes(name)) affected.add(reader.name)
  }
  return affected
}
