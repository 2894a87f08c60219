export { declaredMetric, spanText, windowText } from './declared-metric.ts'
export { expressionText } from './expression-text.ts'
export { createMeaning, type Meaning, NOBODY, type Owner } from './meaning.ts'
export { sharedDimensions } from './shared-dimensions.ts'
