import { type Static, type TSchema, Type } from '@sinclair/typebox'

/** A strict object: an unknown key is an error, so typing mistakes are found. */
export const strict = <T extends Record<string, TSchema>>(properties: T, description: string) =>
  Type.Object(properties, { additionalProperties: false, description })

export const optional = Type.Optional

export const oneOf = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], description })

export const list = <T extends TSchema>(items: T, description: string) => Type.Array(items, { description })

export const text = (description: string) => Type.String({ description })

const NAME = '^[a-z][a-z0-9_]*$'

export const Name = Type.String({
  pattern: NAME,
  maxLength: 63,
  description: 'Names are snake_case: a small letter, then small letters, digits and underscores.',
})

/** A name of something declared elsewhere, described by what it is here. */
export const nameOf = (description: string) => Type.String({ pattern: NAME, maxLength: 63, description })

export const Reference = Type.String({
  pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?$',
  description: 'A dimension by `name` or by `model.name`.',
})

export const Version = Type.Literal(1, { description: 'Version of the definition language.' })

export const GRAINS = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const
export type Grain = (typeof GRAINS)[number]
export const GrainName = oneOf(GRAINS, 'Size of a time bucket.')

export const Span = Type.String({
  pattern: '^[1-9][0-9]* (hour|day|week|month|quarter|year)s?$',
  description: 'A length of time, such as `1 month` or `28 days`.',
})

export const Duration = Type.String({
  pattern: '^[1-9][0-9]*(s|m|h|d|w)$',
  description: 'A short length of time, such as `30s`, `15m`, `1h`, `7d`.',
})

export const ROLES = ['admin', 'manager', 'user', 'viewer'] as const
export type Role = (typeof ROLES)[number]
export const RoleName = oneOf(ROLES, 'Role of the caller.')

export const SEVERITIES = ['info', 'warning', 'critical'] as const

const FORMATS = ['number', 'percent', 'currency', 'duration', 'bytes'] as const
export const Format = Type.Union(
  [
    oneOf(FORMATS, 'How values are shown.'),
    strict(
      {
        type: oneOf(FORMATS, 'How values are shown.'),
        currency: optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code, `USD` by default.' })),
        decimals: optional(Type.Integer({ minimum: 0, maximum: 10, description: 'Digits after the decimal point.' })),
        unit: optional(
          text(
            'Unit shown behind the number, such as `lines`; for a duration the unit of the values: ms, s, m, h; in m and h long ones are told in hours, not days.',
          ),
        ),
      },
      'How values are shown, in detail.',
    ),
  ],
  { description: 'How values are shown: number, percent, currency, duration, bytes, or an object.' },
)
export type Format = Static<typeof Format>
