import { type Static, Type } from '@sinclair/typebox'

const attribute = (description: string, maxLength: number) => Type.String({ minLength: 1, maxLength, description })

/** The attributes of CloudEvents 1.0. Extension attributes are allowed and kept. */
export const envelope = {
  specversion: Type.Literal('1.0', { description: 'Version of CloudEvents.' }),
  id: attribute('Id of the event within its source; the same id again is a duplicate.', 512),
  source: attribute('Who sent it: a URI reference, such as `/agents` or `https://ci.example.com/runner-3`.', 1024),
  type: attribute('Kind of event.', 256),
  subject: Type.Optional(attribute('Id of what the event is about, such as the session.', 1024)),
  time: Type.Optional(
    Type.String({
      format: 'date-time',
      maxLength: 64,
      description: 'When it happened; when it was received if missing.',
    }),
  ),
  datacontenttype: Type.Optional(
    Type.String({
      pattern: '^application/([a-z0-9.+-]*\\+)?json *(;.*)?$',
      maxLength: 256,
      description: 'JSON is the only content taken.',
    }),
  ),
  dataschema: Type.Optional(attribute('URI of a schema of the content; it is kept, not followed.', 1024)),
}

export const Envelope = Type.Object(envelope, { additionalProperties: true, description: 'A CloudEvent.' })
export type Envelope = Static<typeof Envelope>
