import type { INamespace } from 'protobufjs'

type Fields = Readonly<Record<string, readonly [type: string, id: number]>>

const common = {
  AnyValue: message(
    {
      stringValue: ['string', 1],
      boolValue: ['bool', 2],
      intValue: ['int64', 3],
      doubleValue: ['double', 4],
      arrayValue: ['ArrayValue', 5],
      kvlistValue: ['KeyValueList', 6],
      bytesValue: ['bytes', 7],
    },
    {
      oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue', 'kvlistValue', 'bytesValue'],
    },
  ),
  ArrayValue: message({ values: ['AnyValue[]', 1] }),
  KeyValueList: message({ values: ['KeyValue[]', 1] }),
  KeyValue: message({ key: ['string', 1], value: ['AnyValue', 2] }),
  Scope: message({ name: ['string', 1], version: ['string', 2], attributes: ['KeyValue[]', 3] }),
  Resource: message({ attributes: ['KeyValue[]', 1] }),
  /** google.rpc.Status, the body of an answer that is an error. */
  Status: message({ code: ['int32', 1], message: ['string', 2] }),
}

const logs = {
  LogsRequest: message({ resourceLogs: ['ResourceLogs[]', 1] }),
  ResourceLogs: message({ resource: ['Resource', 1], scopeLogs: ['ScopeLogs[]', 2] }),
  ScopeLogs: message({ scope: ['Scope', 1], logRecords: ['LogRecord[]', 2] }),
  LogRecord: message({
    timeUnixNano: ['fixed64', 1],
    severityNumber: ['int32', 2],
    severityText: ['string', 3],
    body: ['AnyValue', 5],
    attributes: ['KeyValue[]', 6],
    traceId: ['bytes', 9],
    spanId: ['bytes', 10],
    observedTimeUnixNano: ['fixed64', 11],
    eventName: ['string', 12],
  }),
}

const points = { startTimeUnixNano: ['fixed64', 2], timeUnixNano: ['fixed64', 3] } as const

const metrics = {
  MetricsRequest: message({ resourceMetrics: ['ResourceMetrics[]', 1] }),
  ResourceMetrics: message({ resource: ['Resource', 1], scopeMetrics: ['ScopeMetrics[]', 2] }),
  ScopeMetrics: message({ scope: ['Scope', 1], metrics: ['Metric[]', 2] }),
  Metric: message({
    name: ['string', 1],
    unit: ['string', 3],
    gauge: ['Gauge', 5],
    sum: ['Sum', 7],
    histogram: ['Histogram', 9],
    exponentialHistogram: ['ExponentialHistogram', 10],
    summary: ['Summary', 11],
  }),
  Gauge: message({ dataPoints: ['NumberPoint[]', 1] }),
  Sum: message({
    dataPoints: ['NumberPoint[]', 1],
    aggregationTemporality: ['int32', 2],
    isMonotonic: ['bool', 3],
  }),
  Histogram: message({ dataPoints: ['HistogramPoint[]', 1], aggregationTemporality: ['int32', 2] }),
  ExponentialHistogram: message({
    dataPoints: ['ExponentialPoint[]', 1],
    aggregationTemporality: ['int32', 2],
  }),
  Summary: message({ dataPoints: ['SummaryPoint[]', 1] }),
  NumberPoint: message({
    ...points,
    asDouble: ['double', 4],
    asInt: ['sfixed64', 6],
    attributes: ['KeyValue[]', 7],
    flags: ['uint32', 8],
  }),
  HistogramPoint: message({
    ...points,
    count: ['fixed64', 4],
    sum: ['double', 5],
    attributes: ['KeyValue[]', 9],
    flags: ['uint32', 10],
  }),
  ExponentialPoint: message({
    ...points,
    attributes: ['KeyValue[]', 1],
    count: ['fixed64', 4],
    sum: ['double', 5],
    flags: ['uint32', 10],
  }),
  SummaryPoint: message({
    ...points,
    count: ['fixed64', 4],
    sum: ['double', 5],
    attributes: ['KeyValue[]', 7],
    flags: ['uint32', 8],
  }),
}

const traces = {
  TracesRequest: message({ resourceSpans: ['ResourceSpans[]', 1] }),
  ResourceSpans: message({ resource: ['Resource', 1], scopeSpans: ['ScopeSpans[]', 2] }),
  ScopeSpans: message({ scope: ['Scope', 1], spans: ['Span[]', 2] }),
  Span: message({
    traceId: ['bytes', 1],
    spanId: ['bytes', 2],
    parentSpanId: ['bytes', 4],
    name: ['string', 5],
    startTimeUnixNano: ['fixed64', 7],
    endTimeUnixNano: ['fixed64', 8],
    attributes: ['KeyValue[]', 9],
    status: ['SpanStatus', 15],
  }),
  SpanStatus: message({ message: ['string', 2], code: ['int32', 3] }),
}

const answers = {
  LogsAnswer: message({ partialSuccess: ['LogsPartial', 1] }),
  LogsPartial: message({ rejectedLogRecords: ['int64', 1], errorMessage: ['string', 2] }),
  MetricsAnswer: message({ partialSuccess: ['MetricsPartial', 1] }),
  MetricsPartial: message({ rejectedDataPoints: ['int64', 1], errorMessage: ['string', 2] }),
  TracesAnswer: message({ partialSuccess: ['TracesPartial', 1] }),
  TracesPartial: message({ rejectedSpans: ['int64', 1], errorMessage: ['string', 2] }),
}

/** The part of OTLP 1.x that is read here, by the field numbers of opentelemetry-proto; other fields are skipped. */
export const descriptor: INamespace = { nested: { ...common, ...logs, ...metrics, ...traces, ...answers } }

function message(fields: Fields, oneofs: Readonly<Record<string, readonly string[]>> = {}) {
  return {
    fields: Object.fromEntries(Object.entries(fields).map(([name, [type, id]]) => [name, field(type, id)])),
    oneofs: Object.fromEntries(Object.entries(oneofs).map(([name, members]) => [name, { oneof: [...members] }])),
  }
}

function field(type: string, id: number) {
  return type.endsWith('[]') ? { rule: 'repeated', type: type.slice(0, -2), id } : { type, id }
}
