export { acceptPatiently } from './accept/accept-patiently.ts'
export { BusyError } from './accept/busy-error.ts'
export { type ItemResult, type Rejection, Unreadable } from './accept/item.ts'
export { DEFAULT_LIMITS, type IngestLimits } from './accept/limits.ts'
export {
  type DeadLetter,
  type DeadLetterFilter,
  listDeadLetters,
  type ReplayReport,
  replayDeadLetters,
} from './dead-letters/index.ts'
export {
  FILE_FORMATS,
  type FileFormat,
  type FileProgress,
  type FileReport,
  type IngestFileOptions,
  ingestFile,
  type TakeFilesOptions,
  takeFiles,
} from './files/index.ts'
export { type IngestCaller, ingestRoutes, type Permit } from './http/routes.ts'
export {
  type AcceptOptions,
  type Addressed,
  createIngest,
  type EventSink,
  type Ingest,
  type IngestFigures,
  type IngestOptions,
} from './ingest.ts'
export { type Intake, openIntake } from './intake.ts'
export { type EventForm, type EventList, readEvents } from './json/read-events.ts'
export * from './kafka/index.ts'
export type { Durations, WayFigures } from './measures.ts'
export { EVENT_TYPES, eventSchemas, eventsSchema } from './schemas/index.ts'
export { DEAD_LETTERS, EVENTS, ensureRawTables, OFFSETS } from './tables.ts'
