export { type SourceStatus, sourceStatus } from './source-status.ts'
