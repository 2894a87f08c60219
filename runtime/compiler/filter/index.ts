export { type Condition, conditionsOf, type Filter, type FilterOperator, type FilterValue } from './filter.ts'
export { parseFilter } from './parse-filter.ts'
