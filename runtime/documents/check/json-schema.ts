/** The part of JSON Schema that the definition language uses. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema | readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: boolean | JsonSchema
  readonly discriminator?: { readonly propertyName: string }
}

/** JSON types a schema takes. */
export function typesOf(schema: JsonSchema): readonly string[] {
  if (schema.anyOf) return schema.anyOf.flatMap(typesOf)
  if (schema.type !== undefined) return [schema.type].flat()
  return 'const' in schema ? [typeOf(schema.const)] : []
}

export function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'object' ? 'object' : typeof value
}

export const takes = (schema: JsonSchema, value: unknown) => {
  const types = typesOf(schema)
  const type = typeOf(value)
  return types.length === 0 || types.includes(type) || (types.includes('integer') && type === 'number')
}

const NOUNS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping of keys to values',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'empty',
}

/** "text or a list" */
export function nounsOf(types: readonly string[]): string {
  const nouns = [...new Set(types.map((type) => NOUNS[type] ?? type))]
  return nouns.length < 2 ? nouns.join('') : `${nouns.slice(0, -1).join(', ')} or ${nouns.at(-1)}`
}

/** "the number 12", "a list", "empty" */
export function describeValue(value: unknown): string {
  const type = typeOf(value)
  if (type === 'string') return `the text \`${shorten(String(value))}\``
  if (type === 'number') return `the number ${String(value)}`
  return type === 'boolean' ? `\`${String(value)}\`` : nounsOf([type])
}

export const shorten = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text)
