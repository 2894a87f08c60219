import { type Condition, type Filter, type FilterOperator, parseFilter } from '../../compiler/index.ts'
import { fail } from '../../diagnostics/index.ts'
import type { CubeFilter } from '../cube/cube-request.ts'

/** A condition on a metric: it holds for rows of the answer, not of the warehouse. */
export interface MetricCondition {
  readonly metric: string
  readonly operator: FilterOperator
  readonly values: readonly (string | number | boolean)[]
}

export interface Where {
  readonly dimensions: Filter | null
  readonly metrics: readonly MetricCondition[]
}

/** Reads `where` and takes conditions on metrics out of its top-level AND. */
export function parseWhere(text: string | undefined, isMetric: (name: string) => boolean): Where {
  if (text === undefined || text.trim() === '') return { dimensions: null, metrics: [] }
  const parsed = parseFilter(text)
  if ('problem' in parsed) {
    const { message, hint, start } = parsed.problem
    return fail('AM4006', `${message} (at character ${start + 1} of the filter)`, { hint })
  }
  const parts = parsed.filter.kind === 'and' ? parsed.filter.filters : [parsed.filter]
  const onMetric = (filter: Filter): filter is Condition => filter.kind === 'condition' && isMetric(filter.reference)
  const rest = parts.filter((part) => !onMetric(part))
  refuseNestedMetrics(rest, isMetric)
  const [only] = rest
  return {
    dimensions: only === undefined ? null : rest.length === 1 ? only : { kind: 'and', filters: rest },
    metrics: parts.filter(onMetric).map(({ reference, operator, values }) => ({ metric: reference, operator, values })),
  }
}

function refuseNestedMetrics(filters: readonly Filter[], isMetric: (name: string) => boolean): void {
  for (const name of filters.flatMap(referencesOf)) {
    if (isMetric(name)) {
      fail('AM4006', `The metric \`${name}\` is compared inside \`or\` or \`not\`.`, {
        hint: 'Conditions on metrics stand at the top, joined by `and`.',
      })
    }
  }
}

export function referencesOf(filter: Filter): readonly string[] {
  if (filter.kind === 'condition') return [filter.reference]
  return filter.kind === 'not' ? referencesOf(filter.filter) : filter.filters.flatMap(referencesOf)
}

export type MemberOf = (reference: string) => { readonly member: string; readonly time: boolean }

/** A filter in Cube's terms, with SQL's meaning of null: a comparison with null is not met, negated or not. */
export function toCubeFilter(filter: Filter, memberOf: MemberOf, negated = false): CubeFilter {
  if (filter.kind === 'not') return toCubeFilter(filter.filter, memberOf, !negated)
  if (filter.kind === 'condition') return conditionFilter(filter, memberOf, negated)
  const parts = filter.filters.map((part) => toCubeFilter(part, memberOf, negated))
  return (filter.kind === 'and') === !negated ? { and: parts } : { or: parts }
}

const OPPOSITE: Readonly<Record<FilterOperator, FilterOperator>> = {
  equals: 'not_equals',
  not_equals: 'equals',
  lt: 'gte',
  lte: 'gt',
  gt: 'lte',
  gte: 'lt',
  in: 'not_in',
  not_in: 'in',
  between: 'not_between',
  not_between: 'between',
  like: 'not_like',
  not_like: 'like',
  ilike: 'not_ilike',
  not_ilike: 'ilike',
  contains: 'not_contains',
  not_contains: 'contains',
  is_null: 'is_not_null',
  is_not_null: 'is_null',
}

function conditionFilter(condition: Condition, memberOf: MemberOf, negated: boolean): CubeFilter {
  const { member, time } = memberOf(condition.reference)
  const operator = negated ? OPPOSITE[condition.operator] : condition.operator
  return operatorFilter(member, time, operator, condition.values.map(String))
}

const COMPARE = { lt: 'lt', lte: 'lte', gt: 'gt', gte: 'gte' } as const
const COMPARE_TIME = { lt: 'beforeDate', lte: 'beforeOrOnDate', gt: 'afterDate', gte: 'afterOrOnDate' } as const

/** One comparison with SQL's meaning. */
export function operatorFilter(
  member: string,
  time: boolean,
  operator: FilterOperator,
  values: readonly string[],
): CubeFilter {
  const [first = '', second = ''] = values
  const known = (filter: CubeFilter): CubeFilter => ({ and: [filter, { member, operator: 'set' }] })
  switch (operator) {
    case 'is_null':
      return { member, operator: 'notSet' }
    case 'is_not_null':
      return { member, operator: 'set' }
    case 'between':
      return { and: [operatorFilter(member, time, 'gte', [first]), operatorFilter(member, time, 'lte', [second])] }
    case 'not_between':
      return { or: [operatorFilter(member, time, 'lt', [first]), operatorFilter(member, time, 'gt', [second])] }
    case 'equals':
    case 'in':
      return time ? { or: values.map((value) => onTheDay(member, value)) } : { member, operator: 'equals', values }
    case 'not_equals':
    case 'not_in': {
      const days = values.map((value): CubeFilter => ({ member, operator: 'notInDateRange', values: [value, value] }))
      return known(time ? { and: days } : { member, operator: 'notEquals', values })
    }
    case 'like':
    case 'ilike':
      return { member, operator, values }
    case 'not_like':
    case 'not_ilike':
      return { member, operator: operator === 'not_like' ? 'notLike' : 'notIlike', values }
    case 'contains':
      return { member, operator: 'contains', values }
    case 'not_contains':
      return known({ member, operator: 'notContains', values })
    default:
      if (!time) return { member, operator: COMPARE[operator], values: [first] }
      return {
        member,
        operator: COMPARE_TIME[operator],
        values: [operator === 'lte' || operator === 'gt' ? endOf(first) : first],
      }
  }
}

/** A day means all of it, an instant that instant. */
const onTheDay = (member: string, value: string): CubeFilter => ({
  member,
  operator: 'inDateRange',
  values: [value, value],
})

const endOf = (value: string): string => (/^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T23:59:59.999` : value)
