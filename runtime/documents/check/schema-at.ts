import type { Path } from '../document.ts'
import { type JsonSchema, typeOf } from './json-schema.ts'

/** The schema of the value at a path, unions not resolved; undefined where the path leaves the schema. */
export function schemaAt(schema: JsonSchema, path: Path, content: unknown): JsonSchema | undefined {
  let current: JsonSchema | undefined = schema
  let value = content
  for (const step of path) {
    const form: JsonSchema | undefined = current && formOf(current, value)
    current = form && child(form, step)
    value = (value as Record<string | number, unknown> | null | undefined)?.[step]
  }
  return current
}

/** The form of a union that a value has by its discriminator, else by its keys. */
export function formOf(schema: JsonSchema, value: unknown): JsonSchema | undefined {
  if (!schema.anyOf) return schema
  const keys = typeOf(value) === 'object' ? (value as Record<string, unknown>) : {}
  const tag = schema.discriminator?.propertyName
  if (tag !== undefined) return schema.anyOf.find(({ properties }) => properties?.[tag]?.const === keys[tag])
  const fitting = schema.anyOf.filter((form) => form.type === typeOf(value))
  return (
    fitting.find(({ properties }) => Object.keys(keys).some((key) => properties && key in properties)) ?? fitting[0]
  )
}

function child(schema: JsonSchema, step: string | number): JsonSchema | undefined {
  const { items } = schema
  if (typeof step === 'number')
    return Array.isArray(items) ? (items as readonly JsonSchema[])[step] : (items as JsonSchema)
  return schema.properties?.[step] ?? Object.values(schema.patternProperties ?? {})[0]
}
