export { answerExport, type Encoding, type Refusal, refuse } from './answer.ts'
export { readExport } from './read.ts'
export type {
  Attributes,
  AttributeValue,
  Batch,
  LogEvent,
  MetricPoint,
  Signal,
  Span,
  TelemetryRecord,
} from './record.ts'
export { Malformed, wellFormed } from './wire.ts'
