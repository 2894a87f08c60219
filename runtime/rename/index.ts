export { type Occurrence, occurrencesIn, symbolAt } from './find-symbol.ts'
export { DIMENSION_KEYS, METRIC_KEYS, TEXT_KEYS } from './reference-keys.ts'
export { type FileChange, planRename } from './rename.ts'
export type { Target } from './target.ts'
