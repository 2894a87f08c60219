export type {
  Condition,
  Filter,
  FilterGroup,
  FilterNegation,
  FilterOperator,
  FilterProblem,
  FilterValue,
  ParsedFilter,
  TextSpan,
} from './filter.ts'
export { conditionsOf } from './filter.ts'
export { parseFilter } from './parse-filter.ts'
