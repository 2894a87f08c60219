import type { Grain, QueryDefinition } from '../../definitions/index.ts'
import type { Visibility } from '../access/visibility.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'
import { homeOf } from '../cube-model/names.ts'
import type { SecurityContext } from '../security-context.ts'
import { answerColumns, type ColumnOrder, columnOrder, type PlannedColumn } from './answer-columns.ts'
import { nameScope, resolveMetric } from './resolve-names.ts'
import { timezoneOf } from './timezone.ts'
import { referencesIn, type ViewQuery, viewQuery } from './view-query.ts'
import { type MetricCondition, parseWhere } from './where.ts'

export interface QueryPlan {
  readonly columns: readonly PlannedColumn[]
  readonly grain: Grain | null
  readonly parts: readonly ViewQuery[]
  /** Left to do after several parts were put together. */
  readonly having: readonly MetricCondition[]
  readonly order: readonly ColumnOrder[]
  readonly limit: number
}

/** Rows of an answer to a question without a limit; more are cut, and the answer says so. */
export const MOST_ROWS = 100_000

/** Turns names into questions to views, with the filters that the caller must carry. */
export function planQuery(
  index: ModelIndex,
  visible: Visibility,
  query: QueryDefinition,
  context: SecurityContext,
): QueryPlan {
  const metrics = [...new Set(query.metrics ?? [])].map((name) => resolveMetric(index, visible, name))
  const where = parseWhere(query.where, (name) => index.metric(name) !== undefined)
  const filtered = where.metrics.map((condition) => resolveMetric(index, visible, condition.metric))
  const by = [...new Set(query.by ?? [])]
  const used = [...new Set([...metrics, ...filtered])]
  const scope = nameScope(index, visible, used, [...by, ...referencesIn(where.dimensions)])
  const homes = used.length === 0 ? scope.models.slice(0, 1) : [...new Set(used.map(homeOf))]
  const single = homes.length === 1
  const compared = single ? [] : filtered.filter((metric) => !metrics.includes(metric))
  const columns = answerColumns(scope, metrics, by, query.grain, compared)
  const order = columnOrder(query, columns)
  // One row more than an answer may have tells that there are more.
  const limit = query.limit ?? MOST_ROWS + 1
  const timezone = timezoneOf(query.timezone ?? index.manifest.project.timezone)
  const shared = { index, visible, scope, query, context, timezone, columns, order, where: where.dimensions }
  const conditions = single ? where.metrics : []
  const parts = homes.map((view) => viewQuery({ ...shared, view, conditions, limit: single ? limit : null }))
  return { columns, grain: query.grain ?? null, parts, having: single ? [] : where.metrics, order, limit }
}
