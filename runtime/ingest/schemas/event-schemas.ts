import { Envelope, envelope } from './envelope.ts'
import { EVENT_TYPES, type EventType } from './event-types.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

const DIALECT = 'http://json-schema.org/draft-07/schema#'

/** JSON Schema of a whole event, by event type. */
export function eventSchemas(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(EVENT_TYPES).map(([type, each]) => [type, eventSchema(type, each)]))
}

/** One JSON Schema that takes any canonical event, with the schema of each type among its `$defs`. */
export function eventsSchema(): JsonSchema {
  const schemas = eventSchemas()
  return {
    $schema: DIALECT,
    $id: '/schemas/events',
    title: 'Events',
    description: 'A CloudEvent 1.0 of one of these types. Fields that are not named are kept.',
    oneOf: Object.keys(schemas).map((type) => ({ $ref: `#/$defs/${type}` })),
    $defs: Object.fromEntries(Object.entries(schemas).map(([type, { $schema, $id, ...schema }]) => [type, schema])),
  }
}

function eventSchema(type: string, { data, key }: EventType): JsonSchema {
  const schema = {
    $schema: DIALECT,
    $id: `/schemas/events/${type}`,
    title: type,
    description: data.description,
    type: 'object',
    required: [...(Envelope.required ?? []), 'data'],
    properties: { ...envelope, type: { const: type, description: 'Kind of event.' }, data },
    additionalProperties: true,
    ...(key === null ? {} : { anyOf: [{ required: ['subject'] }, keyIsGiven(key)] }),
  }
  // Plain JSON: without the marks that TypeBox leaves.
  return JSON.parse(JSON.stringify(schema))
}

const keyIsGiven = (key: string) => ({
  properties: { data: { required: [key], properties: { [key]: { type: 'string', minLength: 1 } } } },
})
