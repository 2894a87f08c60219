import { nearest, oneOf } from '../../diagnostics/index.ts'
import type { Finding } from './explain-errors.ts'
import type { JsonSchema } from './json-schema.ts'
import { schemaAt } from './schema-at.ts'
import { capitalize, subject, type Vocabulary, valueAt } from './subject.ts'
import type { Violation } from './violation.ts'

/** A key that means nothing where it stands. */
export function explainKey(finding: Finding): Violation {
  const { error, path, content, vocabulary } = finding
  const key = String(error.params.additionalProperty)
  const known = Object.keys((error.parentSchema as JsonSchema).properties ?? {})
  const present = Object.keys((error.data as object) ?? {})
  const meant = meantBy(
    key,
    known.filter((name) => !present.includes(name)),
    vocabulary.keys,
  )
  return {
    code: 'AM1101',
    path: [...path, key],
    of: 'key',
    message: `\`${key}\` is not a key of ${subject(path, content, vocabulary)}.`,
    hint: hintFor(key, known, present, meant, finding),
    meant,
  }
}

function hintFor(
  key: string,
  known: readonly string[],
  present: readonly string[],
  meant: string | undefined,
  finding: Finding,
) {
  if (/^-/.test(key)) return `A list item has a space after the dash: \`- ${key.slice(1)}\`.`
  if (/[\u00a0\u2000-\u200b]/.test(key)) return 'The key contains a space that is not an ordinary one; type it anew.'
  const others = formsWith(key, finding)
  if (others !== undefined) return others
  if (meant !== undefined) return `Did you mean \`${meant}\`?`
  const already = meantBy(
    key,
    present.filter((name) => known.includes(name)),
    finding.vocabulary.keys,
  )
  if (already !== undefined) return `\`${already}\` is there already: put both into one.`
  return `Keys here are ${oneOf(known, 30).replace(/ or (`[^`]+`)$/, ' and $1')}.`
}

/** Of a union told apart by a key: the forms that do have this one. */
function formsWith(key: string, { path, content, schema }: Finding): string | undefined {
  const union = schemaAt(schema, path, content)
  const tag = union?.discriminator?.propertyName
  if (!union?.anyOf || tag === undefined) return undefined
  const forms = union.anyOf.filter(({ properties }) => properties && key in properties)
  if (forms.length === 0) return undefined
  const current = (valueAt(content, path) as Record<string, unknown>)[tag]
  return `\`${tag}: ${String(current)}\` does not take it; ${oneOf(forms.map(({ properties }) => String(properties?.[tag]?.const)))} would.`
}

/** The name that was meant by another: by habit from elsewhere, or misspelt. */
export function meantBy(name: string, candidates: readonly string[], habits: Vocabulary['keys']): string | undefined {
  const aliases = habits[name.toLowerCase().replaceAll(/[\s-]/g, '_')] ?? []
  return aliases.find((alias) => candidates.includes(alias)) ?? nearest(name, candidates)
}

/** A key that has to be there. */
export function explainMissing(finding: Finding): Violation {
  const { error, path, content, vocabulary } = finding
  const key = String(error.params.missingProperty)
  const property = (error.parentSchema as JsonSchema).properties?.[key]
  const thing = capitalize(subject(path, content, vocabulary))
  if (key === 'version' && path.length === 0) return missingVersion(vocabulary)
  return {
    code: 'AM1102',
    path,
    of: 'value',
    message: `${thing} has no \`${key}\`.`,
    hint: describe(key, property),
    missing: key,
  }
}

const missingVersion = (vocabulary: Vocabulary): Violation => ({
  code: 'AM1109',
  path: [],
  of: 'value',
  message: `The ${vocabulary.file} does not say which version of the definition language it is written in.`,
  hint: 'Write `version: 1` in its first line.',
  missing: 'version',
})

/** "Add `agg`: The aggregation. It can be `count` or `sum`." */
function describe(key: string, schema: JsonSchema | undefined): string {
  const values = schema?.enum ? ` It can be ${oneOf(schema.enum.map(String))}.` : ''
  return `Add \`${key}\`${schema?.description ? `: ${schema.description}` : '.'}${values}`
}
