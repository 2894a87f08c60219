type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value }
type Attributes = Readonly<Record<string, Value>>

interface Origin {
  readonly resource?: Attributes
  readonly scope?: string
}
interface Log {
  readonly time: string
  readonly body?: string
  readonly attributes: Attributes
}
interface Metric {
  readonly name: string
  readonly unit?: string
  readonly type?: 'sum' | 'histogram' | 'gauge'
  readonly temporality?: 'delta' | 'cumulative'
  readonly points: readonly Point[]
}
interface Point {
  readonly start?: string
  readonly time: string
  readonly value: number
  readonly count?: number
  readonly attributes?: Attributes
}
interface Span {
  readonly name: string
  readonly trace?: string
  readonly span: string
  readonly parent?: string
  readonly start: string
  readonly end: string
  readonly error?: string
  readonly attributes: Attributes
}

/** A request as the cases under test/input write it; one kind of records each. */
export type Sending = Origin & {
  readonly logs?: readonly Log[]
  readonly metrics?: readonly Metric[]
  readonly spans?: readonly Span[]
}

/** The path and the body of an OTLP/JSON request. */
export function otlpRequest(sending: Sending): { readonly path: string; readonly body: object } {
  const resource = { attributes: pairs(sending.resource ?? {}) }
  const scope = { name: sending.scope ?? '' }
  if (sending.logs) {
    const scopeLogs = [{ scope, logRecords: sending.logs.map(log) }]
    return { path: '/v1/logs', body: { resourceLogs: [{ resource, scopeLogs }] } }
  }
  if (sending.metrics) {
    const scopeMetrics = [{ scope, metrics: sending.metrics.map(metric) }]
    return { path: '/v1/metrics', body: { resourceMetrics: [{ resource, scopeMetrics }] } }
  }
  const scopeSpans = [{ scope, spans: (sending.spans ?? []).map(span) }]
  return { path: '/v1/traces', body: { resourceSpans: [{ resource, scopeSpans }] } }
}

const log = ({ time, body, attributes }: Log) => ({
  timeUnixNano: nanos(time),
  ...(body === undefined ? {} : { body: { stringValue: body } }),
  attributes: pairs(attributes),
})

function metric({ name, unit = '', type = 'sum', temporality = 'delta', points }: Metric) {
  const aggregationTemporality = temporality === 'delta' ? 1 : 2
  const dataPoints = points.map((point) => ({
    ...(point.start === undefined ? {} : { startTimeUnixNano: nanos(point.start) }),
    timeUnixNano: nanos(point.time),
    attributes: pairs(point.attributes ?? {}),
    ...pointValue(type, point),
  }))
  if (type === 'gauge') return { name, unit, gauge: { dataPoints } }
  const data = { dataPoints, aggregationTemporality }
  return type === 'sum' ? { name, unit, sum: { ...data, isMonotonic: true } } : { name, unit, histogram: data }
}

function pointValue(type: Metric['type'], { value, count = 1 }: Point) {
  if (type === 'histogram') return { sum: value, count: String(count) }
  return Number.isInteger(value) ? { asInt: String(value) } : { asDouble: value }
}

const span = ({
  name,
  trace = '0af7651916cd43dd8448eb211c80319c',
  span,
  parent,
  start,
  end,
  error,
  attributes,
}: Span) => ({
  traceId: trace,
  spanId: span,
  ...(parent === undefined ? {} : { parentSpanId: parent }),
  name,
  kind: 1,
  startTimeUnixNano: nanos(start),
  endTimeUnixNano: nanos(end),
  attributes: pairs(attributes),
  status: error === undefined ? {} : { code: 2, message: error },
})

/** `2026-05-04T10:00:00.123456789Z`, with up to nine digits. */
function nanos(time: string): string {
  const [, seconds = time, fraction = ''] = /^(.*:\d\d)(?:\.(\d+))?Z$/.exec(time) ?? []
  return `${BigInt(Date.parse(`${seconds}Z`)) / 1000n}${fraction.padEnd(9, '0')}`
}

const pairs = (attributes: Attributes) => Object.entries(attributes).map(([key, value]) => ({ key, value: any(value) }))

function any(value: Value): object {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (isList(value)) return { arrayValue: { values: value.map(any) } }
  return { kvlistValue: { values: pairs(value) } }
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value)
