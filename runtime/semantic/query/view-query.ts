import type { DimensionRef, Metric } from '../../compiler/index.ts'
import type { Grain, QueryDefinition } from '../../definitions/index.ts'
import { fail } from '../../diagnostics/index.ts'
import { rowFilters } from '../access/row-filters.ts'
import type { Visibility } from '../access/visibility.ts'
import type { CubeFilter, CubeRequest } from '../cube/cube-request.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'
import { homeOf, memberName, STACK_TIME } from '../cube-model/names.ts'
import type { SecurityContext } from '../security-context.ts'
import type { ColumnOrder, PlannedColumn } from './answer-columns.ts'
import { dateRange, type Range } from './date-range.ts'
import type { NameScope } from './resolve-names.ts'
import { type MetricCondition, operatorFilter, referencesOf, toCubeFilter, type Where } from './where.ts'

/** One question to one view. */
export interface ViewQuery {
  readonly view: string
  readonly request: CubeRequest
  /** Members in the order of the answer's columns; null where this view has no such column. */
  readonly members: readonly (string | null)[]
  /** Member of time, where the query has to do with it. */
  readonly time: string | null
  /** Set where windows need both ends of the range and the query leaves one open. */
  readonly openRange: Range | null
}

/** What a question to one view is made from. */
export interface ViewParts {
  readonly index: ModelIndex
  readonly visible: Visibility
  readonly scope: NameScope
  readonly query: QueryDefinition
  readonly context: SecurityContext
  readonly timezone: string
  readonly columns: readonly PlannedColumn[]
  readonly order: readonly ColumnOrder[]
  readonly view: string
  readonly where: Where['dimensions']
  readonly conditions: readonly MetricCondition[]
  /** Null where rows are ordered and cut after several views were put together. */
  readonly limit: number | null
}

export function viewQuery(parts: ViewParts): ViewQuery {
  const { query, view, columns, limit, timezone } = parts
  const metrics = columns.flatMap((column) => column.metric ?? []).filter((metric) => homeOf(metric) === view)
  const range = dateRange(query.from, query.to, timezone)
  const open = range.from === undefined || range.to === undefined
  const windowed = hasWindows(parts, metrics)
  const ranged = range.from !== undefined || range.to !== undefined
  const time = query.grain !== undefined || ranged || windowed ? timeMember(parts) : null
  const members = columns.map((column) => memberOfColumn(parts, column, time))
  const dimensions = columns.flatMap((column) => (column.ref === null ? [] : dimensionMember(parts, column.ref)))
  return {
    view,
    members,
    time,
    openRange: windowed && open ? range : null,
    request: {
      measures: [...new Set(metrics.map((metric) => `${view}.${metric.name}`))],
      dimensions: [...new Set(dimensions)],
      timeDimensions: time === null ? [] : timeDimension(time, query.grain, range),
      filters: [...filtersOf(parts), ...(windowed || time === null ? [] : openEnds(time, range))],
      order: limit === null ? [] : orderMembers(parts, members),
      limit,
      rowLimit: limit,
      timezone,
    },
  }
}

function hasWindows({ index, conditions }: ViewParts, metrics: readonly Metric[]): boolean {
  const compared = conditions.flatMap((condition) => index.metric(condition.metric) ?? [])
  return [...metrics, ...compared].some((metric) => metric.leaves.some((leaf) => leaf.window !== null))
}

/** What was asked for, and what the caller must carry. */
function filtersOf(parts: ViewParts): readonly CubeFilter[] {
  const { index, scope, context, view, columns, where, conditions } = parts
  const whereMember = (name: string) => {
    if (name === 'time') return { member: timeMember(parts), time: true }
    const ref = scope.dimension(name)
    return { member: dimensionMember(parts, ref), time: index.dimension(ref).type === 'time' }
  }
  const named = new Set([
    ...columns.flatMap((column) => column.ref?.model ?? []),
    ...referencesIn(where).map((name) => scope.dimension(name).model),
  ])
  return [
    ...(where === null ? [] : [toCubeFilter(where, whereMember)]),
    ...rowFilters(index, view, named, context),
    ...conditions.map(({ metric, operator, values }) =>
      operatorFilter(`${view}.${metric}`, false, operator, values.map(String)),
    ),
  ]
}

/** Dimensions that a filter names, without the time of the answer. */
export const referencesIn = (where: Where['dimensions']): readonly string[] =>
  where === null ? [] : referencesOf(where).filter((name) => name !== 'time')

function timeDimension(time: string, grain: Grain | undefined, { from, to }: Range): CubeRequest['timeDimensions'] {
  const closed = from !== undefined && to !== undefined
  if (grain === undefined && !closed) return []
  const dimension = { dimension: time, ...(grain === undefined ? {} : { granularity: grain }) }
  return [closed ? { ...dimension, dateRange: [from, to] } : dimension]
}

/** A range with one end is a filter; Cube's ranges have two. */
function openEnds(member: string, { from, to }: Range): readonly CubeFilter[] {
  if (from !== undefined && to !== undefined) return []
  return [
    ...(from === undefined ? [] : [{ member, operator: 'afterOrOnDate', values: [from] }]),
    ...(to === undefined ? [] : [{ member, operator: 'beforeOrOnDate', values: [to] }]),
  ]
}

function memberOfColumn(parts: ViewParts, column: PlannedColumn, time: string | null): string | null {
  const { view, query } = parts
  const { grain } = query
  if (column.ref !== null) return dimensionMember(parts, column.ref)
  if (column.metric === null) return time === null || grain === undefined ? null : `${time}.${grain}`
  return homeOf(column.metric) === view ? `${view}.${column.metric.name}` : null
}

/** Own dimensions of the one model of a stack stand in it by name, like those of a model. */
function dimensionMember({ index, view }: ViewParts, ref: DimensionRef): string {
  const stack = index.stack(view)
  const models = new Set(stack?.branches.map((branch) => branch.model) ?? [])
  const own = stack !== undefined && models.size === 1 && models.has(ref.model)
  return `${view}.${own ? ref.dimension : memberName(view, ref)}`
}

const timeRef = (index: ModelIndex, model: string): DimensionRef => ({
  model,
  dimension: index.model(model).timeDimension ?? '',
})

function timeMember({ index, view, scope, visible }: ViewParts): string {
  const without = scope.models.find((name) => index.model(name).timeDimension === null)
  if (without !== undefined) {
    return fail('AM4005', `\`${without}\` has no time dimension, so its metrics have no time.`, {
      hint: 'Declare `time_dimension` in the semantic model, or ask without a grain and dates.',
    })
  }
  const hidden = scope.models.find((name) => !visible.showsDimension(timeRef(index, name)))
  if (hidden !== undefined) return fail('AM4007', `The time of \`${hidden}\` is hidden from your role.`)
  if (index.stack(view) !== undefined) return `${view}.${STACK_TIME}`
  return `${view}.${index.model(view).timeDimension}`
}

const orderMembers = ({ order, columns }: ViewParts, members: readonly (string | null)[]): CubeRequest['order'] =>
  order.flatMap(({ column, desc }) => {
    const id = members[columns.findIndex((candidate) => candidate.name === column)]
    return id === null || id === undefined ? [] : [{ id: id.split('.').slice(0, 2).join('.'), desc }]
  })
