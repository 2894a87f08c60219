export { compileMetrics, type MetricSet } from './compile-metrics.ts'
export { usesOf } from './composite.ts'
export type { MetricNode } from './metric-node.ts'
export { checkMetricName } from './metric-reference.ts'
