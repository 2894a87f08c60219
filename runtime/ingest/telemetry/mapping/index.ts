export type { Counted, Data, Draft, Reading } from './draft.ts'
export { digest, seriesId } from './identity.ts'
export { createInterpreter, type Interpreter } from './interpret.ts'
export {
  type AgentMapping,
  CONTENT_KINDS,
  type ContentKind,
  type Emission,
  type Field,
  type Fields,
  type Rule,
  type Topic,
  type Translation,
  type UsageRules,
} from './mapping.ts'
