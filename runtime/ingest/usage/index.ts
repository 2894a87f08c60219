export { createUsageRecorder, type UsageRecorder, type UsageType } from './usage-recorder.ts'
