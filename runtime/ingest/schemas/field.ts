import { type TProperties, type TSchema, Type } from '@sinclair/typebox'

type Limits = Readonly<Record<string, unknown>>

const maybe = <T>(type: string, description: string, limits: Limits = {}) =>
  Type.Optional(Type.Unsafe<T | null>({ type: [type, 'null'], ...limits, description }))

/** Every optional field may be null, which means the same as leaving it out. */
export const text = (description: string, maxLength = 1024) => maybe<string>('string', description, { maxLength })
export const longText = (description: string) => text(description, 65_536)
export const name = (description: string) => text(description, 256)
export const flag = (description: string) => maybe<boolean>('boolean', description)
export const amount = (description: string) => maybe<number>('number', description)
export const measure = (description: string) => maybe<number>('number', description, { minimum: 0 })
export const share = (description: string) => maybe<number>('number', description, { minimum: 0, maximum: 1 })
export const count = (description: string) =>
  maybe<number>('integer', description, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
export const instant = (description: string) => maybe<string>('string', description, { format: 'date-time' })
export const day = (description: string) => maybe<string>('string', description, { format: 'date' })

export const choice = <T extends string>(values: readonly T[], description: string) =>
  Type.Optional(Type.Unsafe<T | null>({ type: ['string', 'null'], enum: [...values, null], description }))

export const required = {
  choice: <T extends string>(values: readonly T[], description: string) =>
    Type.Unsafe<T>({ type: 'string', enum: [...values], description }),
  name: (description: string) => Type.String({ minLength: 1, maxLength: 256, description }),
  number: (description: string) => Type.Number({ description }),
} as const

/** The content of an event: fields that are not named here are kept as they are. */
export const content = <T extends TProperties>(properties: T, description: string) =>
  Type.Object(properties, { additionalProperties: true, description })

export type Content = ReturnType<typeof content> & TSchema
