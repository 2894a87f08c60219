export type { AnswerColumn, QueryAnswer, Served, SqlAnswer } from './answers/answer.ts'
export type { WrittenAnswer } from './answers/written-answer.ts'
export {
  addSpan,
  fromMillis,
  type Local,
  localToUtc,
  toMillis,
  truncate,
  utcToLocal,
  type WeekStart,
} from './calendar.ts'
export { generateCubeFiles, type ModelFile } from './cube-model/index.ts'
export { type MetricMeta, type ViewMeta, viewsFor } from './meta.ts'
export type { RollupReport } from './rollups/rollups.ts'
export type { SecurityContext } from './security-context.ts'
export {
  createSemanticLayer,
  type QueryOptions,
  type SemanticLayer,
  type SemanticLayerOptions,
} from './semantic-layer.ts'
