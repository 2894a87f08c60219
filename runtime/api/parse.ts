import type { Static, TSchema } from '@sinclair/typebox'
import { Ajv, type ErrorObject } from 'ajv'
import { type Diagnostic, diagnostic, suggest, UserError } from '../diagnostics/index.ts'

const ajv = new Ajv({ allErrors: true, strict: false })

/** A function that checks a body against a schema once, and says all that is wrong with it. */
export function createParser<T extends TSchema>(schema: T, what: string): (body: unknown) => Static<T> {
  let validate: ReturnType<typeof ajv.compile> | undefined
  return (body) => {
    validate ??= ajv.compile(schema)
    if (validate(body)) return body as Static<T>
    const errors = (validate.errors ?? []).slice(0, 20)
    throw new UserError(errors.map((error) => toDiagnostic(error, what, keysOf(schema))))
  }
}

function toDiagnostic(
  { instancePath, keyword, params, message }: ErrorObject,
  what: string,
  keys: readonly string[],
): Diagnostic {
  const place = instancePath === '' ? what : `${instancePath.slice(1).replaceAll('/', '.')} of ${what}`
  if (keyword !== 'additionalProperties') return diagnostic('AM5033', `${place} ${message ?? 'is wrong'}.`)
  const key = String(params.additionalProperty)
  const hint = instancePath === '' ? suggest(key, keys) : undefined
  return diagnostic('AM5033', `${place} has an unknown key '${key}'.`, { hint })
}

function keysOf(schema: TSchema): readonly string[] {
  return Object.keys((schema.properties ?? {}) as object)
}
