export { drawnLineage, type LineageNode, type LineagePicture } from './drawn-lineage.ts'
export { metricWords } from './metric-words.ts'
export { type ReferencePage, referenceOf } from './reference.ts'
export { dimensionsOfMetric, testsOfMetric, type Use, usesOfMetric, usesOfMetrics } from './uses.ts'
