export { answerExport, type Encoding, type Refusal, refuse } from './answer.ts'
export { readExport } from './read.ts'
export type {
  Attributes,
  AttributeValue,
  MetricPoint,
  Signal,
  TelemetryRecord,
} from './record.ts'
export { Malformed, wellFormed } from './wire.ts'
