/** A condition in terms of dimensions and metrics. It is data, never SQL. */
export type Filter = FilterGroup | FilterNegation | Condition

interface FilterGroup {
  readonly kind: 'and' | 'or'
  /** Two at least. */
  readonly filters: readonly Filter[]
}

interface FilterNegation {
  readonly kind: 'not'
  readonly filter: Filter
}

export interface Condition {
  readonly kind: 'condition'
  /** As written between the braces: `team`, `teams.name`, `time` or a metric. */
  readonly reference: string
  readonly operator: FilterOperator
  /** None for null checks, two for between, any number for in, else one. */
  readonly values: readonly FilterValue[]
  /** Where the reference, without its braces, stands in the text. */
  readonly start: number
  readonly end: number
  /** Where each of the values stands. */
  readonly valueSpans: readonly TextSpan[]
}

export type FilterOperator =
  | 'equals'
  | 'not_equals'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'in'
  | 'not_in'
  | 'between'
  | 'not_between'
  | 'like'
  | 'not_like'
  | 'ilike'
  | 'not_ilike'
  | 'contains'
  | 'not_contains'
  | 'is_null'
  | 'is_not_null'

export type FilterValue = string | number | boolean

export interface TextSpan {
  readonly start: number
  readonly end: number
}

/** Why a text is not a filter, and where in it. */
export interface FilterProblem extends TextSpan {
  readonly message: string
  readonly hint?: string
}

export type ParsedFilter = { readonly filter: Filter } | { readonly problem: FilterProblem }

/** All conditions of a filter, from left to right. */
export function conditionsOf(filter: Filter): readonly Condition[] {
  if (filter.kind === 'condition') return [filter]
  if (filter.kind === 'not') return conditionsOf(filter.filter)
  return filter.filters.flatMap(conditionsOf)
}
