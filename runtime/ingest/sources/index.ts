export { type SourceKind, type SourceStatus, sourceStatus } from './source-status.ts'
