import type { Attributes, Batch, LogEvent, MetricPoint, Signal, Span, TelemetryRecord } from './record.ts'
import { anyValue, attributes, decimal, id, integer, list, Malformed, own, text } from './wire.ts'

const FLAG_NO_RECORDED_VALUE = 1
const STATUS_ERROR = 2
const TEMPORALITY: Readonly<Record<number, 'delta' | 'cumulative'>> = { 1: 'delta', 2: 'cumulative' }

interface Origin {
  readonly resource: Attributes
  readonly scope: string
}

/**
 * The records of an export request, each with its resource and scope. A record that cannot be read is reported by
 * its reason; a request whose frame cannot be read throws Malformed.
 */
export function flatten(signal: Signal, request: unknown): Batch {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw new Malformed('the body is not an export request')
  }
  const records: TelemetryRecord[] = []
  const rejected: string[] = []
  const keep = (read: () => TelemetryRecord | null) => {
    try {
      const record = read()
      if (record) records.push(record)
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
      rejected.push(error.message)
    }
  }
  if (signal === 'logs') {
    each(request, 'resourceLogs', 'scopeLogs', 'logRecords', (log, origin) => keep(() => logEvent(log, origin)))
  } else if (signal === 'traces') {
    each(request, 'resourceSpans', 'scopeSpans', 'spans', (item, origin) => keep(() => span(item, origin)))
  } else {
    each(request, 'resourceMetrics', 'scopeMetrics', 'metrics', (metric, origin) => points(metric, origin, keep))
  }
  return { records, rejected }
}

function each(
  request: unknown,
  outer: string,
  inner: string,
  leaf: string,
  visit: (item: unknown, origin: Origin) => void,
) {
  for (const group of list(request, outer)) {
    const resource = attributes(list(own(group, 'resource'), 'attributes'))
    for (const part of list(group, inner)) {
      const origin = { resource, scope: text(own(part, 'scope'), 'name') }
      for (const item of list(part, leaf)) visit(item, origin)
    }
  }
}

function logEvent(log: unknown, origin: Origin): LogEvent {
  const held = attributes(list(log, 'attributes'))
  const body = anyValue(own(log, 'body'))
  const name = text(log, 'eventName') || (held['event.name'] ?? body)
  const time = integer(own(log, 'timeUnixNano'))
  return {
    signal: 'logs',
    ...origin,
    name: typeof name === 'string' ? name : '',
    attributes: held,
    time: time === 0n ? integer(own(log, 'observedTimeUnixNano')) : time,
    body,
    traceId: id(log, 'traceId'),
    spanId: id(log, 'spanId'),
  }
}

function span(item: unknown, origin: Origin): Span {
  const status = own(item, 'status')
  const spanId = id(item, 'spanId')
  if (spanId === '') throw new Malformed('a span has no id')
  return {
    signal: 'traces',
    ...origin,
    name: text(item, 'name'),
    attributes: attributes(list(item, 'attributes')),
    start: integer(own(item, 'startTimeUnixNano')),
    time: integer(own(item, 'endTimeUnixNano')),
    traceId: id(item, 'traceId'),
    spanId,
    parentSpanId: id(item, 'parentSpanId'),
    failed: own(status, 'code') === STATUS_ERROR || own(status, 'code') === 'STATUS_CODE_ERROR',
    message: text(status, 'message'),
  }
}

function points(metric: unknown, origin: Origin, keep: (read: () => MetricPoint | null) => void): void {
  for (const kind of ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary']) {
    const data = own(metric, kind)
    if (data === undefined || data === null) continue
    for (const point of list(data, 'dataPoints')) keep(() => metricPoint(metric, kind, data, point, origin))
  }
}

function metricPoint(metric: unknown, kind: string, data: unknown, point: unknown, origin: Origin): MetricPoint | null {
  if ((Number(own(point, 'flags') ?? 0) & FLAG_NO_RECORDED_VALUE) !== 0) return null
  const counted = kind !== 'gauge' && kind !== 'sum'
  const name = text(metric, 'name')
  if (name === '') throw new Malformed('a metric has no name')
  return {
    signal: 'metrics',
    ...origin,
    name,
    unit: text(metric, 'unit'),
    temporality: temporality(kind, own(data, 'aggregationTemporality')),
    attributes: attributes(list(point, 'attributes')),
    start: integer(own(point, 'startTimeUnixNano')),
    time: integer(own(point, 'timeUnixNano')),
    value: counted ? decimal(own(point, 'sum') ?? 0) : numberOf(point),
    count: counted ? Number(integer(own(point, 'count'))) : null,
  }
}

function temporality(kind: string, value: unknown): MetricPoint['temporality'] {
  if (kind === 'gauge') return 'gauge'
  if (kind === 'summary') return 'cumulative'
  const known = TEMPORALITY[Number(value)]
  if (known) return known
  throw new Malformed('a metric has no aggregation temporality')
}

function numberOf(point: unknown): number {
  const value = own(point, 'asInt') ?? own(point, 'asDouble')
  if (value === undefined || value === null) throw new Malformed('a data point has no value')
  return decimal(value)
}
