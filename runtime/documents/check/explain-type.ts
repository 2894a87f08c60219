import type { Finding } from './explain-errors.ts'
import { describeValue, type JsonSchema, nounsOf, shorten, typeOf, typesOf } from './json-schema.ts'
import { capitalize, subject } from './subject.ts'
import type { Violation } from './violation.ts'

/** A value of another type than its key takes. */
export function explainType({ error, path, content, vocabulary }: Finding): Violation {
  const schema = error.parentSchema as JsonSchema
  const types = nounsOf(typesOf(schema))
  const thing = capitalize(subject(path, content, vocabulary))
  const isFile = path.length === 0
  const isEmpty = error.data === null && !isFile
  const message = isEmpty
    ? `${thing} has no value; it takes ${types}.`
    : `${thing} has to be ${types}, not ${describeValue(error.data)}.`
  const hint = isFile
    ? 'A file starts with `version: 1`; the other keys follow in lines of their own.'
    : (hintFor(error.data, schema) ?? schema.description)
  return { code: 'AM1103', path, of: 'value', message, hint }
}

function hintFor(data: unknown, schema: JsonSchema): string | undefined {
  const types = typesOf(schema)
  switch (typeOf(data)) {
    case 'null':
      return types.includes('array')
        ? 'Give it items, each in a line that starts with `- `, or remove the key.'
        : 'Give it a value or remove the key.'
    case 'string':
      return hintForText(String(data), schema, types)
    case 'object':
      return hintForMapping(data as object, schema, types)
    case 'number':
    case 'boolean':
      return takesText(schema, String(data)) ? `Put it in quotes: \`"${String(data)}"\`.` : undefined
    default:
      return undefined
  }
}

function hintForText(text: string, schema: JsonSchema, types: readonly string[]): string | undefined {
  if (takesText(itemsOf(schema), text)) return `Write it as a list: \`[${shorten(text)}]\`.`
  if (types.includes('boolean') && /^(yes|on|y|true)$/i.test(text)) return 'Write `true`, without quotes.'
  if (types.includes('boolean') && /^(no|off|n|false)$/i.test(text)) return 'Write `false`, without quotes.'
  if (!types.includes('number') && !types.includes('integer')) return undefined
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(text)?.[1]
  if (percent !== undefined) return `Write it as a fraction: \`${Number(percent) / 100}\`.`
  return text.trim() !== '' && Number.isFinite(Number(text)) ? `Write it without quotes: \`${text}\`.` : undefined
}

function hintForMapping(data: object, schema: JsonSchema, types: readonly string[]): string | undefined {
  const [[key, value] = [], ...others] = Object.entries(data)
  if (types.includes('string') && others.length === 0 && value === null) {
    return `YAML takes braces for a mapping: write \`"{${key}}"\` in quotes.`
  }
  if (!types.includes('array')) return undefined
  if (key?.startsWith('-')) return 'A list item has a space after its dash: `- name: a`.'
  const items = itemsOf(schema)
  return items && typesOf(items).includes('object') ? 'Start each item in a line of its own with `- `.' : undefined
}

/** True where any text will do, or this one. */
function takesText(schema: JsonSchema | undefined, text: string): boolean {
  if (schema?.anyOf) return schema.anyOf.some((form) => takesText(form, text))
  if (schema?.type !== 'string' || schema.enum) return false
  return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text)
}

/** Schema of the items of a list, if the value may be one. */
function itemsOf(schema: JsonSchema): JsonSchema | undefined {
  const items = (schema.anyOf ?? [schema]).find(({ type }) => type === 'array')?.items
  return items && !Array.isArray(items) ? (items as JsonSchema) : undefined
}
