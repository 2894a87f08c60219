import { type Static, Type } from '@sinclair/typebox'
import { Ajv, type ErrorObject } from 'ajv'
import { fail, suggest } from '../../diagnostics/index.ts'

const strict = { additionalProperties: false }
const Names = Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })
const Sasl = Type.Object(
  {
    mechanism: Type.Union(['plain', 'scram-sha-256', 'scram-sha-512'].map((name) => Type.Literal(name))),
    username: Type.String(),
    password: Type.String(),
  },
  strict,
)

/** `ingest.kafka` of the configuration. */
const Settings = Type.Object(
  {
    /** A `reader` takes topics into the warehouse; a `front` hands what it is sent to the first topic. */
    role: Type.Optional(Type.Unsafe<'reader' | 'front'>({ type: 'string', enum: ['reader', 'front'] })),
    brokers: Names,
    topics: Names,
    group: Type.Optional(Type.String({ minLength: 1 })),
    org: Type.Optional(Type.String({ minLength: 1 })),
    clientId: Type.Optional(Type.String({ minLength: 1 })),
    ssl: Type.Optional(Type.Boolean()),
    sasl: Type.Optional(Sasl),
  },
  strict,
)
type Settings = Static<typeof Settings>

export interface KafkaSettings extends Omit<Settings, 'role' | 'sasl'> {
  readonly role: 'reader' | 'front'
  readonly sasl?: SaslSettings
}

export interface SaslSettings {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
  readonly username: string
  readonly password: string
}

/** Reads `ingest.kafka`; undefined where there is none. */
export function kafkaSettings(given: unknown): KafkaSettings | undefined {
  if (given === undefined || given === null) return undefined
  const validate = new Ajv().compile<Settings>(Settings)
  if (validate(given)) return { role: 'reader', ...(given as Omit<KafkaSettings, 'role'>) }
  return refuse(validate.errors?.[0])
}

function refuse(error: ErrorObject | undefined): never {
  const path = `ingest.kafka${(error?.instancePath ?? '').replaceAll('/', '.')}`
  if (error?.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty)
    const keys = Object.keys(path.endsWith('.sasl') ? Sasl.properties : Settings.properties)
    fail('AM2003', `\`${path}\` has no key \`${key}\`.`, { hint: suggest(key, keys) })
  }
  if (error?.keyword === 'required') fail('AM2005', `\`${path}\` lacks \`${error.params.missingProperty}\`.`)
  const allowed = error?.keyword === 'enum' ? `: ${error.params.allowedValues.join(', ')}` : ''
  return fail('AM2005', `\`${path}\` ${error?.message ?? 'is not valid'}${allowed}.`)
}
