export { compileMetrics, type MetricSet } from './compile-metrics.ts'
export { usesOf } from './composite.ts'
export { checkMetricName } from './metric-reference.ts'
