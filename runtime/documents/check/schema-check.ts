import type { Ajv, ErrorObject, ValidateFunction } from 'ajv'
import { isDate } from './calendar.ts'
import { explainErrors } from './explain-errors.ts'
import { fits } from './fits.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Vocabulary } from './subject.ts'
import type { Violation } from './violation.ts'

export type SchemaCheck = (content: unknown) => Promise<readonly Violation[]>

let ajv: Promise<Ajv> | undefined

/** A function that finds everything in a content that the schema does not allow; it compiles on first use. */
export function schemaCheck(schema: object, vocabulary: Vocabulary): SchemaCheck {
  let compiled: Promise<ValidateFunction> | undefined
  return async (content) => {
    if (fits(schema as JsonSchema, content)) return []
    compiled ??= compile(schema)
    const validate = await compiled
    if (validate(content)) return []
    return explainErrors({ errors: errorsOf(validate), content, schema: schema as JsonSchema, vocabulary })
  }
}

async function compile(schema: object): Promise<ValidateFunction> {
  ajv ??= import('ajv').then(
    ({ Ajv }) =>
      new Ajv({
        allErrors: true,
        verbose: true,
        discriminator: true,
        strict: false,
        formats: { date: isDate },
        // Each schema runs over a handful of files: optimizing its code takes longer than it saves.
        code: { optimize: false },
      }),
  )
  return (await ajv).compile(forAjv(schema) as object)
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
