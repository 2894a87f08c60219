export { claimKey, createMemory, type Memory, seriesKey, sessionKey } from './memory.ts'
export { restoreSeries, restoreSessions } from './restore.ts'
export type { Gap } from './sequences.ts'
export { difference, type SeriesState, stateOf } from './series.ts'
