export { type Occurrence, occurrencesIn, symbolAt } from './find-symbol.ts'
export { type FileChange, planRename } from './rename.ts'
export type { Target } from './target.ts'
