import { isDate } from './calendar.ts'
import { type JsonSchema, typeOf } from './json-schema.ts'

/**
 * True where a value certainly fits a schema. A schema compiler takes longer to compile than all files of a project
 * to check, so it is called only for what does not fit, to find out why. Says no to keywords it does not know.
 */
export function fits(schema: JsonSchema, value: unknown): boolean {
  for (const [keyword, argument] of Object.entries(schema)) {
    if (NOTES.has(keyword)) continue
    const rule = RULES[keyword]
    if (rule === undefined || !rule(argument as never, value, schema)) return false
  }
  return true
}

type Rule = (argument: never, value: unknown, schema: JsonSchema) => boolean
type Mapping = Readonly<Record<string, unknown>>

const NOTES = new Set(['description', 'title', 'discriminator'])

const RULES: Readonly<Record<string, Rule>> = {
  type: (type: string, value) => typeOf(value) === type || (type === 'integer' && Number.isInteger(value)),
  const: (constant: unknown, value) => constant === value,
  enum: (values: readonly unknown[], value) => values.includes(value),
  pattern: (pattern: string, value) => typeof value === 'string' && regexOf(pattern).test(value),
  format: (format: string, value) => format === 'date' && typeof value === 'string' && isDate(value),
  minLength: (limit: number, value) => typeof value === 'string' && [...value].length >= limit,
  maxLength: (limit: number, value) => typeof value === 'string' && [...value].length <= limit,
  minimum: (limit: number, value) => typeof value === 'number' && value >= limit,
  maximum: (limit: number, value) => typeof value === 'number' && value <= limit,
  exclusiveMinimum: (limit: number, value) => typeof value === 'number' && value > limit,
  exclusiveMaximum: (limit: number, value) => typeof value === 'number' && value < limit,
  minItems: (limit: number, value) => Array.isArray(value) && value.length >= limit,
  maxItems: (limit: number, value) => Array.isArray(value) && value.length <= limit,
  anyOf: fitsOneOf,
  items: fitsItems,
  additionalItems: (allowed: boolean) => !allowed,
  required: (keys: readonly string[], value) => isMapping(value) && keys.every((key) => Object.hasOwn(value, key)),
  properties: (known: Readonly<Record<string, JsonSchema>>, value) =>
    isMapping(value) &&
    Object.entries(known).every(([key, schema]) => !Object.hasOwn(value, key) || fits(schema, value[key])),
  patternProperties: (patterns: Readonly<Record<string, JsonSchema>>, value) =>
    isMapping(value) && Object.entries(value).every(([key, child]) => fitsPattern(patterns, key, child)),
  additionalProperties: (others: boolean | JsonSchema, value, schema) =>
    isMapping(value) && !schema.patternProperties && fitsOthers(others, value, schema),
}

const isMapping = (value: unknown): value is Mapping => typeOf(value) === 'object'

const regexes = new Map<string, RegExp>()

function regexOf(pattern: string): RegExp {
  const known = regexes.get(pattern) ?? new RegExp(pattern, 'u')
  regexes.set(pattern, known)
  return known
}

function fitsOneOf(forms: readonly JsonSchema[], value: unknown, { discriminator }: JsonSchema): boolean {
  if (discriminator === undefined) return forms.some((form) => fits(form, value))
  const tag = (value as Mapping | null)?.[discriminator.propertyName]
  const form = forms.find(({ properties }) => properties?.[discriminator.propertyName]?.const === tag)
  return form !== undefined && fits(form, value)
}

function fitsItems(items: JsonSchema | readonly JsonSchema[], value: unknown): boolean {
  if (!Array.isArray(value)) return false
  const schemaOf = (index: number) =>
    Array.isArray(items) ? (items as readonly JsonSchema[])[index] : (items as JsonSchema)
  return value.every((item, index) => {
    const schema = schemaOf(index)
    return schema !== undefined && fits(schema, item)
  })
}

const fitsPattern = (patterns: Readonly<Record<string, JsonSchema>>, key: string, child: unknown) =>
  Object.entries(patterns).every(([pattern, schema]) => regexOf(pattern).test(key) && fits(schema, child))

const fitsOthers = (others: boolean | JsonSchema, value: Mapping, { properties = {} }: JsonSchema) =>
  Object.entries(value).every(
    ([key, child]) => Object.hasOwn(properties, key) || (typeof others === 'object' ? fits(others, child) : others),
  )
