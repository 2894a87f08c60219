import { type Attributes, type AttributeValue, type TelemetryRecord, wellFormed } from '../otlp/index.ts'
import type { Field, FieldSource, Path, Scalar } from './mapping.ts'

const scales = { s: 1e3, ms: 1, us: 1e-3, ns: 1e-6, usd: 1, cents: 1e-2, micros: 1e-6 } as const
const MAX_NAME = 256
const MAX_TEXT = 4000

export function readField(record: TelemetryRecord, source: FieldSource): Scalar | undefined {
  if (typeof source === 'string') return readOne(record, { from: source })
  if (!isList(source)) return readOne(record, source)
  let value: Scalar | undefined
  for (const field of source) {
    value = readOne(record, field) ?? value
    if (value !== undefined && value !== null) return value
  }
  return value
}

export function alternatives(source: FieldSource): readonly Field[] {
  if (typeof source === 'string') return [{ from: source }]
  return isList(source) ? source : [source]
}

function readOne(record: TelemetryRecord, spec: Field): Scalar | undefined {
  const found = firstValue(record, spec.from)
  const value = found === undefined ? undefined : coerce(found, spec)
  return value === undefined ? spec.value : translate(value, spec.map)
}

export function firstValue(record: TelemetryRecord, from: Field['from']): AttributeValue | undefined {
  for (const path of from === undefined ? [] : typeof from === 'string' ? [from] : from) {
    const value = readPath(record, path)
    if (value !== undefined && value !== null && value !== '') return value
  }
  return undefined
}

export function readPath(record: TelemetryRecord, path: Path): AttributeValue | undefined {
  if (!path.includes('#')) return path.startsWith('@') ? ownValue(record, path) : record.attributes[path]
  const [head = '', ...inner] = path.split('#')
  const value = head.startsWith('@') ? ownValue(record, head) : record.attributes[head]
  return inner.reduce<AttributeValue | undefined>((held, key) => readInside(held, key), value)
}

function ownValue(record: TelemetryRecord, name: string): AttributeValue | undefined {
  if (name.startsWith('@resource.')) return record.resource[name.slice('@resource.'.length)]
  if (name === '@name') return record.name
  if (record.signal === 'metrics') {
    return name === '@value' ? record.value : name === '@count' ? record.count : undefined
  }
  if (name === '@trace') return record.traceId
  if (name === '@span') return record.spanId
  if (record.signal === 'logs') return name === '@body' ? record.body : undefined
  if (name === '@parent') return record.parentSpanId
  if (name === '@failed') return record.failed
  if (name === '@message') return record.message
  return name === '@duration' ? Number(record.time - record.start) : undefined
}

/** `a.b` inside a map; text that holds JSON is read as such. */
function readInside(value: AttributeValue | undefined, path: string): AttributeValue | undefined {
  const start = typeof value === 'string' ? parseJson(value) : value
  return path.split('.').reduce<AttributeValue | undefined>((held, key) => {
    if (typeof held !== 'object' || held === null || !Object.hasOwn(held, key)) return undefined
    return (held as Attributes)[key]
  }, start)
}

function parseJson(text: string): AttributeValue | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function coerce(value: AttributeValue, { as, unit }: Field): Scalar | undefined {
  switch (as) {
    case 'integer':
      return integer(value)
    case 'number':
      return number(value)
    case 'boolean':
      return boolean(value)
    case 'milliseconds':
      return scaled(value, scales[unit ?? 'ms'])
    case 'usd':
      return scaled(value, scales[unit ?? 'usd'])
    case 'text':
      return text(value, MAX_TEXT)
    default:
      return typeof value === 'string' || typeof value === 'object' || as === 'string' ? text(value, MAX_NAME) : value
  }
}

function number(value: AttributeValue): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
}

function integer(value: AttributeValue): number | undefined {
  const read = number(value)
  return read === undefined ? undefined : Math.round(read)
}

function boolean(value: AttributeValue): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = String(value).toLowerCase()
  if (word === 'true' || word === '1') return true
  return word === 'false' || word === '0' ? false : undefined
}

/** Twelve decimals take off what binary fractions add, and keep millionths of a cent. */
function scaled(value: AttributeValue, scale: number): number | undefined {
  const read = number(value)
  return read === undefined ? undefined : Number((read * scale).toFixed(12))
}

function text(value: AttributeValue, length: number): string {
  const whole = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return whole.length > length ? wellFormed(whole.slice(0, length)) : whole
}

function translate(value: Scalar, map: Field['map']): Scalar {
  if (map === undefined) return value
  const key = String(value)
  if (Object.hasOwn(map, key)) return map[key] ?? null
  return Object.hasOwn(map, '*') ? (map['*'] ?? null) : value
}

function isList(source: Field | readonly Field[]): source is readonly Field[] {
  return Array.isArray(source)
}
