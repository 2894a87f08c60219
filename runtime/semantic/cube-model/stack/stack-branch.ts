import type { DimensionRef, SimpleMetric, Span, SqlExpression } from '../../../compiler/index.ts'
import type { DimensionType } from '../../../definitions/index.ts'
import type { Dialect } from '../../../warehouse/index.ts'
import { columnList } from '../column-list.ts'
import { joinedSql, modelsOf, ownSql, quoteRelation, typedDimension } from '../expression.ts'
import type { JoinStep, ModelIndex } from '../model-index.ts'
import {
  BRANCH_COLUMN,
  branchName,
  dimensionColumn,
  inputColumn,
  keyColumn,
  ruleColumn,
  TIME_COLUMN,
} from '../names.ts'
import type { Branch, SharedJoin, StackPlan } from './stack-plan.ts'
import { spanKey } from './stack-plan.ts'

/** Marks an instant that the dialect moves by a span in the time zone of the query. */
const shiftMark = (sql: string, span: Span): string => `/*shift ${span.count} ${span.unit}*/${sql}/*shifted*/`
export const SHIFT_MARK = /\/\*shift (\d+) (\w+)\*\/([\s\S]*?)\/\*shifted\*\//g

/** One SELECT of a stack: the rows of a model at a shift, in the columns that all branches have. */
export function branchSelect(index: ModelIndex, dialect: Dialect, plan: StackPlan, branch: Branch): string {
  const scope = branchScope(index, dialect, plan, branch)
  const columns = [
    [dialect.literal(branchName(branch)), BRANCH_COLUMN],
    ...tenantColumn(index, plan, branch, scope),
    [timeColumn(index, branch, scope), TIME_COLUMN],
    ...ownColumns(index, plan, branch, scope),
    ...plan.joins.flatMap((join) => (join.right === null ? [] : [[scope.key(join), keyColumn(join.model)]])),
    ...plan.inputs.map((leaf) => [
      leaf.model === branch.model && spanKey(leaf.shift) === spanKey(branch.shift)
        ? scope.input(index.simple(leaf.metric))
        : `CAST(NULL AS ${inputType(index, index.simple(leaf.metric))})`,
      inputColumn(leaf),
    ]),
    ...plan.ruleColumns.map(({ model, ref }) => [
      model === branch.model ? scope.dimension(ref) : nullOf(index.dimension(ref).type),
      ruleColumn(model, ref),
    ]),
  ]
  return `SELECT ${columnList(dialect, columns)}\n  FROM ${scope.from}`
}

interface Scope {
  readonly from: string
  dimension(ref: DimensionRef): string
  key(join: SharedJoin): string
  input(metric: SimpleMetric): string
}

const BASE = 't'

function branchScope(index: ModelIndex, dialect: Dialect, plan: StackPlan, branch: Branch): Scope {
  const base = index.model(branch.model)
  const joined = new Set<string>(neededModels(index, plan, branch))
  const alias = (model: string) => (model === base.name ? BASE : `j_${model}`)
  const column = (model: string, name: string) => `${dialect.quote(alias(model))}.${dialect.quote(name)}`
  const sql = (expression: SqlExpression, model: string) =>
    joined.size === 0 ? ownSql(index, expression) : joinedSql(index, dialect, model, expression, alias)
  const input = (metric: SimpleMetric) => {
    const value = metric.sql === null ? '1' : `(${sql(metric.sql, base.name)})`
    const typed = asInput(index, metric, value)
    return metric.filter === null ? typed : `CASE WHEN (${sql(metric.filter, base.name)}) THEN ${typed} END`
  }
  return {
    from: fromClause(index, dialect, base.name, joined, alias),
    dimension: (ref) => typedDimension(`(${sql(index.dimension(ref).sql, ref.model)})`, index.dimension(ref).type),
    key: (join) => {
      const { model, name } = keyPlace(index, branch, join)
      return column(model, name)
    },
    input,
  }
}

/** The column of a branch that meets the shared model: of its own, of the model before, or of the shared one itself. */
function keyPlace(index: ModelIndex, branch: Branch, join: SharedJoin): { model: string; name: string } {
  const last = index.path(branch.model, join.model).at(-1)
  const right = join.right ?? ''
  if (last === undefined) return { model: branch.model, name: right }
  return last.right === right ? { model: last.from.name, name: last.left } : { model: join.model, name: right }
}

function neededModels(index: ModelIndex, plan: StackPlan, branch: Branch): readonly string[] {
  const keys = plan.joins.flatMap((join) => (join.right === null ? [] : keyPlace(index, branch, join).model))
  const inputs = plan.inputs
    .filter((leaf) => leaf.model === branch.model)
    .map((leaf) => index.simple(leaf.metric))
    .flatMap((metric) => [metric.sql, metric.filter])
    .flatMap((part) => (part === null ? [] : [...modelsOf(index, branch.model, part)]))
  const own = plan.sameModel === null ? [] : index.model(branch.model).dimensions.map((dimension) => dimension.sql)
  const rules = plan.ruleColumns.filter((rule) => rule.model === branch.model).map((rule) => rule.ref)
  const rest = [
    ...own.flatMap((sql) => [...modelsOf(index, branch.model, sql)]),
    ...rules.flatMap((ref) => [ref.model, ...modelsOf(index, ref.model, index.dimension(ref).sql)]),
  ]
  return [...keys, ...inputs, ...rest].filter((name) => name !== branch.model)
}

function fromClause(
  index: ModelIndex,
  dialect: Dialect,
  base: string,
  joined: ReadonlySet<string>,
  alias: (model: string) => string,
): string {
  const steps = [...joined].flatMap((name) => index.path(base, name))
  const unique = [...new Map(steps.map((step) => [step.to.name, step])).values()]
  const table = (model: string) =>
    `${quoteRelation(dialect, index.model(model).relation)} AS ${dialect.quote(alias(model))}`
  const on = (step: JoinStep) => joinOn(index, dialect, step, alias)
  return [table(base), ...unique.map((step) => `LEFT JOIN ${table(step.to.name)} ON ${on(step)}`)].join('\n    ')
}

function joinOn(index: ModelIndex, dialect: Dialect, step: JoinStep, alias: (model: string) => string): string {
  const column = (model: string, name: string) => `${dialect.quote(alias(model))}.${dialect.quote(name)}`
  const meet = `${column(step.from.name, step.left)} = ${column(step.to.name, step.right)}`
  const tenant = index.manifest.project.tenantKey
  if (tenant === null || !step.from.tenant || !step.to.tenant) return meet
  const of = (model: string) =>
    joinedSql(index, dialect, model, index.dimension({ model, dimension: tenant }).sql, alias)
  return `${meet} AND ${of(step.from.name)} = ${of(step.to.name)}`
}

function tenantColumn(index: ModelIndex, plan: StackPlan, branch: Branch, scope: Scope): string[][] {
  const tenant = index.manifest.project.tenantKey
  if (tenant === null || plan.sameModel !== null) return []
  const carries = index.model(branch.model).tenant
  const sql = carries ? scope.dimension({ model: branch.model, dimension: tenant }) : nullOf('string')
  return [[sql, dimensionColumn(tenant)]]
}

function timeColumn(index: ModelIndex, branch: Branch, scope: Scope): string {
  const { timeDimension } = index.model(branch.model)
  if (timeDimension === null) return nullOf('time')
  const sql = scope.dimension({ model: branch.model, dimension: timeDimension })
  return branch.shift === null ? sql : shiftMark(sql, branch.shift)
}

function ownColumns(index: ModelIndex, plan: StackPlan, branch: Branch, scope: Scope): string[][] {
  if (plan.sameModel === null) return []
  return index
    .model(branch.model)
    .dimensions.filter((dimension) => dimensionColumn(dimension.name) !== TIME_COLUMN)
    .map(({ name }) => [scope.dimension({ model: branch.model, dimension: name }), dimensionColumn(name)])
}

const nullOf = (type: DimensionType): string => typedDimension('NULL', type === 'number' ? 'string' : type)

/** Branches must agree on types: Postgres settles them from the first two. */
function inputType(index: ModelIndex, metric: SimpleMetric): string {
  if (metric.agg === 'count') return 'INTEGER'
  if (metric.agg === 'count_distinct') return 'VARCHAR'
  if (metric.agg !== 'min' && metric.agg !== 'max') return 'DOUBLE PRECISION'
  const type = valueType(index, metric)
  return type === 'time' ? 'TIMESTAMP' : type === 'number' ? 'DOUBLE PRECISION' : 'VARCHAR'
}

function asInput(index: ModelIndex, metric: SimpleMetric, value: string): string {
  if (metric.agg === 'count') return `CASE WHEN ${value} IS NOT NULL THEN 1 END`
  return metric.agg === 'sum' || metric.agg === 'avg' ? value : `CAST(${value} AS ${inputType(index, metric)})`
}

function valueType(index: ModelIndex, metric: SimpleMetric): DimensionType {
  const [part] = metric.sql ?? []
  if (metric.sql?.length !== 1 || part === undefined || 'metric' in part) return 'number'
  if ('dimension' in part) return index.dimension(part).type
  const name = part.text.trim().replace(/^"(.*)"$/, '$1')
  const known = index.model(metric.model).columns.find((column) => column.name === name)?.type
  return known ?? 'number'
}
