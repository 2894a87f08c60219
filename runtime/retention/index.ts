export { type RetentionOptions, type RetentionReport, retain } from './retain.ts'
export { type RetentionJob, startRetention } from './start-retention.ts'
