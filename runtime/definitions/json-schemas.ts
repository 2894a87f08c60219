import { publishSchema } from '../documents/index.ts'
import { KINDS } from './kinds.ts'
import { ModelFrontMatter } from './schema/models.ts'

/** JSON Schemas (draft-07) of the files of definitions, by file name, for editors and other tools. */
export function jsonSchemas(): Readonly<Record<string, object>> {
  const kinds = Object.values(KINDS).map(({ kind, noun, schema }) => [
    `${kind}.schema.json`,
    publishSchema(kind, noun, schema),
  ])
  return Object.fromEntries([
    ...kinds,
    ['front-matter.schema.json', publishSchema('front-matter', 'front matter of a model', ModelFrontMatter)],
  ]) as Record<string, object>
}
