import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { nearest } from '../../diagnostics/index.ts'
import { Envelope, EVENT_TYPES, eventSchemas, type JsonSchema } from '../schemas/index.ts'
import { isDate, isDateTime } from './date-time.ts'
import type { Rejection } from './item.ts'

/** Says what is wrong with an event, or undefined. */
export type Validator = (event: unknown) => Rejection | undefined

/** Checks events by their published schemas. A schema is compiled when the first event of its type comes. */
export function createValidator(schemas: Readonly<Record<string, JsonSchema>> = eventSchemas()): Validator {
  const ajv = new Ajv({ strictTypes: false })
  ajv.addFormat('date-time', isDateTime).addFormat('date', isDate)
  const envelope = ajv.compile(Envelope)
  const compiled = new Map<string, ValidateFunction>()
  return (event) => {
    const type = typeOf(event)
    if (type === undefined || !Object.hasOwn(schemas, type)) return envelopeProblem(envelope, event, type, schemas)
    const validate = compiled.get(type) ?? ajv.compile(schemas[type] ?? false)
    compiled.set(type, validate)
    return validate(event) ? undefined : rejection(validate.errors?.at(-1), type)
  }
}

function typeOf(event: unknown): string | undefined {
  const type = typeof event === 'object' && event !== null && 'type' in event ? event.type : undefined
  return typeof type === 'string' ? type : undefined
}

function envelopeProblem(
  validate: ValidateFunction,
  event: unknown,
  type: string | undefined,
  schemas: Readonly<Record<string, JsonSchema>>,
): Rejection {
  if (!validate(event) || type === undefined) return rejection(validate.errors?.at(-1), type)
  const like = nearest(type, Object.keys(schemas))
  return { code: 'AM7003', reason: `There is no event type ${quote(type)}.${like ? ` Did you mean ${like}?` : ''}` }
}

function rejection(error: ErrorObject | undefined, type: string | undefined): Rejection {
  const path = (error?.instancePath ?? '').slice(1).replaceAll('/', '.')
  const inData = /^data(\.|$)/.test(path) || error?.keyword === 'anyOf'
  return { code: inData ? 'AM7004' : 'AM7002', reason: describe(error, path, type) }
}

function describe(error: ErrorObject | undefined, path: string, type: string | undefined): string {
  const key = type === undefined ? undefined : EVENT_TYPES[type]?.key
  const field = path === '' ? 'The event' : quote(path)
  switch (error?.keyword) {
    case 'required':
      return `${field} lacks ${quote(String(error.params.missingProperty))}.`
    case 'anyOf':
      return `The event needs ${quote('subject')} or ${quote(`data.${key}`)}.`
    case 'enum':
      return `${field} must be one of ${error.params.allowedValues.filter((value: unknown) => value !== null).join(', ')}.`
    case 'const':
      return `${field} must be ${JSON.stringify(error.params.allowedValue)}.`
    case 'type':
      return `${field} must be of type ${[error.params.type].flat().join(' or ')}.`
    case 'minLength':
      return `${field} must not be empty.`
    case 'maxLength':
      return `${field} must have at most ${error.params.limit} characters.`
    case 'format':
      return `${field} must be a ${error.params.format === 'date' ? 'date' : 'time as in RFC 3339'}.`
    default:
      return `${field} ${error?.message ?? 'is not valid'}.`
  }
}

const quote = (text: string) => `\`${text.length > 100 ? `${text.slice(0, 100)}…` : text}\``
