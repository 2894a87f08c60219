import { KINDS } from './kinds.ts'
import { ModelFrontMatter } from './schema/models.ts'

/** JSON Schemas (draft-07) of the files of definitions, by file name, for editors and other tools. */
export function jsonSchemas(): Readonly<Record<string, object>> {
  const kinds = Object.values(KINDS).map(({ kind, noun, schema }) => [
    `${kind}.schema.json`,
    publish(kind, noun, schema),
  ])
  return Object.fromEntries([
    ...kinds,
    ['front-matter.schema.json', publish('front-matter', 'front matter of a model', ModelFrontMatter)],
  ]) as Record<string, object>
}

/** A schema as plain JSON with its name and dialect. */
export function publish(name: string, noun: string, schema: object): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:agent-metrics:schema:${name}:1`,
    title: `Agent Metrics ${noun}`,
    ...(JSON.parse(JSON.stringify(schema)) as object),
  }
}
