export { createBaseline } from './baseline.ts'
export { readSeries, type SeriesPoint } from './read-series.ts'
export { type ScoredPoint, scoreSeries } from './score-series.ts'
