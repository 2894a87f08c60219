export { Envelope } from './envelope.ts'
export { eventSchemas, eventsSchema, type JsonSchema } from './event-schemas.ts'
export { EVENT_TYPES } from './event-types.ts'
