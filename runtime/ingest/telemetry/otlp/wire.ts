import type { Attributes, AttributeValue } from './record.ts'

/** Deeper nesting than this is nobody's attribute; its value is dropped. */
const MAX_DEPTH = 32

const FORBIDDEN = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/
const FORBIDDEN_ALL = new RegExp(FORBIDDEN.source, 'g')

export class Malformed extends Error {}

/** A field that was sent; prototypes (defaults of messages, or of Object) do not count. */
export function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined
}

export function list(value: unknown, key: string): readonly unknown[] {
  const items = own(value, key)
  if (items === undefined || items === null) return []
  if (Array.isArray(items)) return items
  throw new Malformed(`${key} is not a list`)
}

export function text(value: unknown, key: string): string {
  const found = own(value, key)
  if (found === undefined || found === null) return ''
  if (typeof found === 'string') return wellFormed(found)
  throw new Malformed(`${key} is not a string`)
}

/** 64-bit numbers come as Long from protobuf, as a string or a number from JSON. */
export function integer(value: unknown): bigint {
  if (value === undefined || value === null) return 0n
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value)
  if (isLong(value)) return BigInt(value.toString())
  throw new Malformed('an integer was expected')
}

export function decimal(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : isLong(value) ? Number(value.toString()) : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw new Malformed('a finite number was expected')
}

/** Ids are bytes in protobuf and hexadecimal in JSON. */
export function id(value: unknown, key: string): string {
  const found = own(value, key)
  if (found instanceof Uint8Array) return Buffer.from(found).toString('hex')
  return typeof found === 'string' ? found.toLowerCase() : ''
}

export function attributes(pairs: readonly unknown[], depth = 0): Attributes {
  const result: Record<string, AttributeValue> = Object.create(null)
  for (const pair of pairs) {
    const key = text(pair, 'key')
    if (key !== '') result[key] = anyValue(own(pair, 'value'), depth)
  }
  return result
}

export function anyValue(value: unknown, depth = 0): AttributeValue {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return null
  const entry = Object.entries(value).find(([, held]) => held !== undefined && held !== null)
  return entry === undefined ? null : readAny(entry[0], entry[1], depth)
}

function readAny(kind: string, held: unknown, depth: number): AttributeValue {
  switch (kind) {
    case 'stringValue':
      return wellFormed(String(held))
    case 'boolValue':
      return held === true || held === 'true'
    case 'intValue':
      return safeInteger(integer(held))
    case 'doubleValue':
      return typeof held === 'number' && Number.isFinite(held) ? held : String(held)
    case 'arrayValue':
      return list(held, 'values').map((item) => anyValue(item, depth + 1))
    case 'kvlistValue':
      return attributes(list(held, 'values'), depth + 1)
    case 'bytesValue':
      return held instanceof Uint8Array ? Buffer.from(held).toString('base64') : String(held)
    default:
      return null
  }
}

/** Warehouses take neither NUL nor half a surrogate pair. */
export function wellFormed(string: string): string {
  return FORBIDDEN.test(string) ? string.replace(FORBIDDEN_ALL, '\uFFFD') : string
}

function safeInteger(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

function isLong(value: unknown): value is { toString(): string } {
  return typeof value === 'object' && value !== null && 'low' in value && 'high' in value
}
