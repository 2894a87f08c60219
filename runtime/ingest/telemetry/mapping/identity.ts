import { createHash } from 'node:crypto'
import type { Attributes, AttributeValue, MetricPoint, TelemetryRecord } from '../otlp/index.ts'

const resources = new WeakMap<Attributes, string>()

/** The same record gives the same id however often and in whatever encoding it is sent. */
export function recordId(record: TelemetryRecord): string {
  if (record.signal === 'traces') return digest(['span', record.traceId, record.spanId])
  const parts = [resourceText(record), record.scope, record.name, String(record.time), canonical(record.attributes)]
  if (record.signal === 'logs') return digest(['log', ...parts, canonical(record.body)])
  return digest(['point', ...parts, String(record.start), String(record.value), String(record.count)])
}

/** What a metric's points have in common that continue each other. */
export function seriesId(point: MetricPoint): string {
  return digest(['series', resourceText(point), point.scope, point.name, point.unit, canonical(point.attributes)])
}

export function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

function resourceText({ resource }: TelemetryRecord): string {
  const known = resources.get(resource)
  if (known !== undefined) return known
  const made = canonical(resource)
  resources.set(resource, made)
  return made
}

function canonical(value: AttributeValue | undefined): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const held = value as Attributes
  const keys = Object.keys(held).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(held[key])}`).join(',')}}`
}
