export { type Changes, createChanges, type LiveState } from './changes.ts'
export { openPreview, type Preview } from './open-preview.ts'
export type { PreviewInfo } from './preview-info.ts'
export { type ShownProblem, shownProblems } from './shown-problems.ts'
