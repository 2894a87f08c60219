import type { DimensionRef, Metric } from '../../compiler/index.ts'
import type { Grain, QueryDefinition } from '../../definitions/index.ts'
import { fail, suggest } from '../../diagnostics/index.ts'
import { rowFilters } from '../access/row-filters.ts'
import type { Visibility } from '../access/visibility.ts'
import type { CubeFilter, CubeRequest } from '../cube/cube-request.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'
import { homeOf, memberName, STACK_TIME } from '../cube-model/names.ts'
import type { SecurityContext } from '../security-context.ts'
import { dateRange, type Range } from './date-range.ts'
import { type NameScope, nameScope, resolveMetric } from './resolve-names.ts'
import { type MetricCondition, operatorFilter, parseWhere, referencesOf, toCubeFilter } from './where.ts'

/** A column of the answer: where it comes from, and under what name it is given. */
export interface PlannedColumn {
  readonly name: string
  readonly kind: 'time' | 'dimension' | 'metric'
  readonly metric: Metric | null
  readonly ref: DimensionRef | null
  /** True where only a condition needs it. */
  readonly hidden: boolean
}

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

export interface QueryPlan {
  readonly columns: readonly PlannedColumn[]
  readonly grain: Grain | null
  readonly timezone: string
  readonly parts: readonly ViewQuery[]
  /** Left to do after several parts were put together. */
  readonly having: readonly MetricCondition[]
  readonly order: readonly { readonly column: string; readonly desc: boolean }[]
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
  const whereNames = where.dimensions === null ? [] : referencesOf(where.dimensions)
  const used = [...new Set([...metrics, ...filtered])]
  const scope = nameScope(index, visible, used, [...by, ...whereNames.filter((name) => name !== 'time')])
  const timezone = timezoneOf(query.timezone ?? index.manifest.project.timezone)
  const homes = used.length === 0 ? [scope.models[0] ?? ''] : [...new Set(used.map(homeOf))]
  const single = homes.length === 1
  const compared = single ? [] : filtered.filter((metric) => !metrics.includes(metric))
  const columns = [
    ...columnsOf(scope, metrics, by, query.grain ?? null),
    ...compared.map((metric) => metricColumn(metric, true)),
  ]
  const order = orderOf(query, columns)
  const parts = homes.map((view) => {
    const base = { index, visible, scope, query, context, timezone, columns, order, view }
    const conditions = single ? where.metrics : []
    return viewQuery({
      ...base,
      where: where.dimensions,
      conditions,
      limit: single ? limitOf(query) : null,
    })
  })
  return {
    columns,
    grain: query.grain ?? null,
    timezone,
    parts,
    having: single ? [] : where.metrics,
    order,
    limit: limitOf(query),
  }
}

interface ViewParts {
  readonly index: ModelIndex
  readonly visible: Visibility
  readonly scope: NameScope
  readonly query: QueryDefinition
  readonly context: SecurityContext
  readonly timezone: string
  readonly columns: readonly PlannedColumn[]
  readonly order: QueryPlan['order']
  readonly view: string
  readonly where: ReturnType<typeof parseWhere>['dimensions']
  readonly conditions: readonly MetricCondition[]
  readonly limit: number | null
}

function viewQuery(parts: ViewParts): ViewQuery {
  const { index, scope, query, context, view, columns } = parts
  const memberOf = (ref: DimensionRef) => `${view}.${viewMember(index, view, ref)}`
  const metricsHere = columns.flatMap((column) => column.metric ?? []).filter((metric) => homeOf(metric) === view)
  const measures = [...new Set(metricsHere.map((metric) => `${view}.${metric.name}`))]
  const range = dateRange(query.from, query.to, parts.timezone)
  const ranged = range.from !== undefined || range.to !== undefined
  const windowed = metricsHere.some((metric) => metric.leaves.some((leaf) => leaf.window !== null))
  const time = query.grain !== undefined || ranged || windowed ? timeMember(parts) : null
  const whereMember = (name: string) => {
    if (name === 'time') return { member: timeMember(parts), time: true }
    const ref = scope.dimension(name)
    return { member: memberOf(ref), time: index.dimension(ref).type === 'time' }
  }
  const named = new Set([
    ...columns.flatMap((column) => column.ref?.model ?? []),
    ...(parts.where === null
      ? []
      : referencesOf(parts.where).flatMap((name) => (name === 'time' ? [] : scope.dimension(name).model))),
  ])
  const filters: CubeFilter[] = [
    ...(parts.where === null ? [] : [toCubeFilter(parts.where, whereMember)]),
    ...rowFilters(index, view, named, context),
    ...(windowed || time === null ? [] : openEnds(time, range)),
    ...parts.conditions.map(({ metric, operator, values }) =>
      operatorFilter(`${view}.${metric}`, false, operator, values.map(String)),
    ),
  ]
  const dimensions = columns.flatMap((column) => (column.ref === null ? [] : memberOf(column.ref)))
  const members = columns.map((column) => memberOfColumn(column, view, memberOf, time, query.grain))
  return {
    view,
    members,
    time,
    openRange: windowed && (range.from === undefined || range.to === undefined) ? range : null,
    request: {
      measures,
      dimensions: [...new Set(dimensions)],
      timeDimensions: time === null ? [] : timeDimension(time, query.grain, range),
      filters,
      order: parts.limit === null ? [] : orderMembers(parts, members),
      limit: parts.limit,
      rowLimit: parts.limit,
      timezone: parts.timezone,
    },
  }
}

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

function memberOfColumn(
  column: PlannedColumn,
  view: string,
  memberOf: (ref: DimensionRef) => string,
  time: string | null,
  grain: Grain | undefined,
): string | null {
  if (column.ref !== null) return memberOf(column.ref)
  if (column.metric === null) return time === null || grain === undefined ? null : `${time}.${grain}`
  return homeOf(column.metric) === view ? `${view}.${column.metric.name}` : null
}

/** Own dimensions of the one model of a stack stand in it by name, like those of a model. */
export function viewMember(index: ModelIndex, view: string, ref: DimensionRef): string {
  const stack = index.stack(view)
  const models = new Set(stack?.branches.map((branch) => branch.model) ?? [])
  return stack !== undefined && models.size === 1 && models.has(ref.model) ? ref.dimension : memberName(view, ref)
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

function columnsOf(
  scope: NameScope,
  metrics: readonly Metric[],
  by: readonly string[],
  grain: Grain | null,
): readonly PlannedColumn[] {
  return [
    ...(grain === null ? [] : [{ name: 'time', kind: 'time' as const, metric: null, ref: null, hidden: false }]),
    ...by.map((name) => ({
      name,
      kind: 'dimension' as const,
      metric: null,
      ref: scope.dimension(name),
      hidden: false,
    })),
    ...metrics.map((metric) => metricColumn(metric, false)),
  ]
}

const metricColumn = (metric: Metric, hidden: boolean): PlannedColumn => ({
  name: metric.name,
  kind: 'metric',
  metric,
  ref: null,
  hidden,
})

/** By time, then as asked; without order by time, else by the first metric, the largest first. */
function orderOf(query: QueryDefinition, columns: readonly PlannedColumn[]): QueryPlan['order'] {
  const names = columns.map((column) => column.name)
  const asked = (query.order ?? []).map((text) => ({ column: text.replace(/^-/, ''), desc: text.startsWith('-') }))
  const unknown = asked.find(({ column }) => !names.includes(column))
  if (unknown !== undefined) {
    return fail('AM4009', `The answer has no column \`${unknown.column}\` to order by.`, {
      hint: suggest(unknown.column, names),
    })
  }
  if (asked.length > 0) return asked
  const rest = columns
    .filter((column) => column.kind === 'dimension')
    .map((column) => ({ column: column.name, desc: false }))
  if (names.includes('time')) return [{ column: 'time', desc: false }, ...rest]
  const metric = columns.find((column) => column.kind === 'metric')
  return [...(metric === undefined || rest.length === 0 ? [] : [{ column: metric.name, desc: true }]), ...rest]
}

const orderMembers = ({ order, columns }: ViewParts, members: readonly (string | null)[]): CubeRequest['order'] =>
  order.flatMap(({ column, desc }) => {
    const id = members[columns.findIndex((candidate) => candidate.name === column)]
    return id === null || id === undefined ? [] : [{ id: id.split('.').slice(0, 2).join('.'), desc }]
  })

/** One row more than an answer may have tells that there are more. */
const limitOf = (query: QueryDefinition): number => query.limit ?? MOST_ROWS + 1

const timezones = new Map<string, string>()

function timezoneOf(name: string): string {
  const known = timezones.get(name) ?? checkedTimezone(name)
  timezones.set(name, known)
  return known
}

function checkedTimezone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone === 'UTC' ? 'UTC' : name
  } catch {
    return fail('AM4009', `\`${name}\` is not a time zone.`, { hint: 'Write an IANA name such as `Europe/Berlin`.' })
  }
}
