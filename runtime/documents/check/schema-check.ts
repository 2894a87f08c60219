import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { isDate } from './calendar.ts'
import { explainErrors } from './explain-errors.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Vocabulary } from './subject.ts'
import type { Violation } from './violation.ts'

let ajv: Ajv | undefined

/** A function that finds everything in a content that the schema does not allow; it compiles on first use. */
export function schemaCheck(schema: object, vocabulary: Vocabulary): (content: unknown) => readonly Violation[] {
  let validate: ValidateFunction | undefined
  return (content) => {
    ajv ??= new Ajv({ allErrors: true, verbose: true, discriminator: true, strict: false, formats: { date: isDate } })
    validate ??= ajv.compile(forAjv(schema) as object)
    if (validate(content)) return []
    return explainErrors({ errors: errorsOf(validate), content, schema: schema as JsonSchema, vocabulary })
  }
}

const errorsOf = (validate: ValidateFunction): readonly ErrorObject[] => validate.errors ?? []

/** ajv tells discriminated unions by `oneOf`. */
function forAjv(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(forAjv)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).map(([key, value]) => [key, forAjv(value)] as const)
  const renamed = entries.map(
    ([key, value]) => [key === 'anyOf' && 'discriminator' in schema ? 'oneOf' : key, value] as const,
  )
  return Object.fromEntries(renamed)
}
