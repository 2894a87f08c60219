import type { QueryPlan } from '../query/plan-query.ts'
import type { MetricCondition } from '../query/where.ts'
import type { Row } from './shape-answer.ts'

/** Answers of several views side by side: rows with the same time and dimensions become one. */
export function mergeRows(plan: QueryPlan, parts: readonly (readonly Row[])[]): Row[] {
  const keys = plan.columns.filter((column) => column.kind !== 'metric').map((column) => column.name)
  const metrics = plan.columns.filter((column) => column.metric !== null)
  const merged = new Map<string, Row>()
  for (const row of parts.flat()) {
    const key = JSON.stringify(keys.map((name) => row[name] ?? null))
    const known = merged.get(key)
    if (known === undefined) merged.set(key, { ...row })
    else Object.assign(known, row)
  }
  const rows = [...merged.values()].map((row) => {
    const filled: Row = {}
    for (const name of keys) filled[name] = row[name] ?? null
    for (const { name, metric } of metrics) filled[name] = row[name] ?? (isCount(metric) ? 0 : null)
    return { ...row, ...filled }
  })
  return rows.filter((row) => plan.having.every((condition) => holds(condition, row[condition.metric])))
}

const isCount = (metric: QueryPlan['columns'][number]['metric']): boolean =>
  metric?.type === 'simple' && (metric.agg === 'count' || metric.agg === 'count_distinct')

function holds({ operator, values }: MetricCondition, value: unknown): boolean {
  if (operator === 'is_null') return value === null || value === undefined
  if (operator === 'is_not_null') return value !== null && value !== undefined
  if (typeof value !== 'number') return false
  const numbers = values.map(Number)
  const [first = Number.NaN, second = Number.NaN] = numbers
  switch (operator) {
    case 'equals':
    case 'in':
      return numbers.includes(value)
    case 'not_equals':
    case 'not_in':
      return !numbers.includes(value)
    case 'lt':
      return value < first
    case 'lte':
      return value <= first
    case 'gt':
      return value > first
    case 'gte':
      return value >= first
    case 'between':
      return value >= first && value <= second
    case 'not_between':
      return value < first || value > second
    default:
      return false
  }
}

export function orderRows(plan: QueryPlan, rows: readonly Row[]): readonly Row[] {
  const sorted = [...rows].sort((a, b) => {
    for (const { column, desc } of plan.order) {
      const difference = compare(a[column], b[column], desc)
      if (difference !== 0) return difference
    }
    return 0
  })
  return sorted.slice(0, plan.limit)
}

/** Nulls last, whichever the direction. */
function compare(a: unknown, b: unknown, desc: boolean): number {
  if (a === b) return 0
  if (a === null || a === undefined) return 1
  if (b === null || b === undefined) return -1
  return (a as string | number) < (b as string | number) === desc ? 1 : -1
}
