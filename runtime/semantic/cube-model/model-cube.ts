import type { Dimension, Leaf, SemanticModel, SimpleMetric } from '../../compiler/index.ts'
import type { Dialect } from '../../warehouse/index.ts'
import { columnList } from './column-list.ts'
import { type Code, code, type Literal, reference, template } from './cube-file.ts'
import { columnNames, crossesJoin, ownSql, quoteRelation, typedDimension } from './expression.ts'
import { measuresOf, simpleMetricsOf, timeBounds } from './measures.ts'
import type { JoinStep, ModelIndex } from './model-index.ts'
import { cubeName, dimensionColumn, inputColumn, keyColumn, ownColumn } from './names.ts'
import { rollupsOf } from './rollups.ts'
import { qualifyColumns } from './sql-tokens.ts'

export interface Cube {
  readonly name: string
  readonly definition: Readonly<Record<string, Literal | undefined>>
}

/** The cube of a semantic model: a subquery that names every column once, and members over it. */
export function modelCube(index: ModelIndex, dialect: Dialect, model: SemanticModel): Cube {
  const metrics = simpleMetricsOf(index, model)
  const column = (name: string): Code => code(`\${CUBE}.${dialect.quote(name)}`)
  const time = model.timeDimension
  return {
    name: cubeName(model.name),
    definition: {
      sql: template([subquery(index, dialect, model, metrics)]),
      public: false,
      joins: joinsOf(index, model, dialect),
      dimensions: {
        key__: primaryKey(model, dialect),
        ...Object.fromEntries(
          model.dimensions.map((dimension) => [dimension.name, member(index, dialect, model, dimension)]),
        ),
      },
      measures: {
        ...measuresOf(index, model.name, (leaf) => inputOf(index, dialect, model, leaf)),
        ...(time === null ? {} : timeBounds(template([column(dimensionColumn(time))]))),
      },
      preAggregations: rollupsOf(index, model),
    },
  }
}

function subquery(index: ModelIndex, dialect: Dialect, model: SemanticModel, metrics: readonly SimpleMetric[]): string {
  const own = model.dimensions.filter((dimension) => !crossesJoin(index, model.name, dimension.sql))
  const inputs = metrics.filter((metric) => !metricCrosses(index, metric))
  const crossing = own.length < model.dimensions.length || inputs.length < metrics.length
  const columns = [
    ...own.map(({ name, sql, type }) => [typedDimension(`(${ownSql(index, sql)})`, type), dimensionColumn(name)]),
    ...joinColumns(index, model).map((name) => [dialect.quote(name), keyColumn(name)]),
    ...inputs.map((metric) => [metricInput(index, metric), inputColumn({ metric: metric.name, shift: null })]),
    ...(crossing ? [...columnNames(model)].map((name) => [dialect.quote(name), ownColumn(name)]) : []),
  ]
  return `SELECT ${columnList(dialect, columns)}\n  FROM ${quoteRelation(dialect, model.relation)}`
}

/** What a simple metric aggregates, null for rows that do not count. */
function metricInput(index: ModelIndex, metric: SimpleMetric): string {
  const value = metric.sql === null ? '1' : `(${ownSql(index, metric.sql)})`
  return metric.filter === null ? value : `CASE WHEN (${ownSql(index, metric.filter)}) THEN ${value} END`
}

const metricCrosses = (index: ModelIndex, metric: SimpleMetric): boolean =>
  [metric.sql, metric.filter].some((part) => part !== null && crossesJoin(index, metric.model, part))

function inputOf(index: ModelIndex, dialect: Dialect, model: SemanticModel, leaf: Leaf): Code {
  const metric = index.simple(leaf.metric)
  if (!metricCrosses(index, metric)) return template([code(`\${CUBE}.${dialect.quote(inputColumn(leaf))}`)])
  const value = metric.sql === null ? ['1'] : ['(', ...liveParts(dialect, model, metric.sql), ')']
  if (metric.filter === null) return template(value)
  return template(['CASE WHEN (', ...liveParts(dialect, model, metric.filter), ') THEN ', ...value, ' END'])
}

function member(index: ModelIndex, dialect: Dialect, model: SemanticModel, dimension: Dimension): Literal {
  const { name, type, sql, label, description } = dimension
  const inside = !crossesJoin(index, model.name, sql)
  const body = inside
    ? template([code(`\${CUBE}.${dialect.quote(dimensionColumn(name))}`)])
    : template(liveParts(dialect, model, sql))
  return {
    sql: body,
    type: type === 'geo' ? 'string' : type,
    title: label,
    ...(description === '' ? {} : { description }),
    ...(dimension.public ? {} : { public: false }),
  }
}

/** SQL over a join: own columns of the subquery, references to dimensions live, so Cube adds the joins. */
function liveParts(dialect: Dialect, model: SemanticModel, expression: Dimension['sql']): readonly (string | Code)[] {
  const columns = columnNames(model)
  return expression.flatMap((part): (string | Code)[] => {
    if ('metric' in part) throw new Error(`a metric in the SQL of ${model.name}`)
    if ('dimension' in part) {
      const path = part.model === model.name ? `CUBE.${part.dimension}` : `${cubeName(part.model)}.${part.dimension}`
      return ['(', reference(path), ')']
    }
    return splitLive(qualifyColumns(part.text, columns, (column) => `\uE002${dialect.quote(ownColumn(column))}\uE002`))
  })
}

const splitLive = (text: string): (string | Code)[] =>
  text.split('\uE002').map((piece, at) => (at % 2 === 0 ? piece : code(`\${CUBE}.${piece}`)))

function primaryKey(model: SemanticModel, dialect: Dialect): Literal {
  const sql =
    model.primaryKey === null
      ? template(['1'])
      : template([code(`\${CUBE}.${dialect.quote(keyColumn(model.primaryKey))}`)])
  return { sql, type: 'string', primaryKey: true, public: false }
}

function joinsOf(index: ModelIndex, model: SemanticModel, dialect: Dialect): Literal | undefined {
  const steps = directSteps(index, model)
  if (steps.length === 0) return undefined
  return Object.fromEntries(
    steps.map((step) => [
      cubeName(step.to.name),
      { relationship: 'many_to_one', sql: joinCondition(index, dialect, step, keyColumn(step.left)) },
    ]),
  )
}

/** Where rows of two tenants' models meet, they also meet on the tenant: ids may overlap. */
export function joinCondition(
  index: ModelIndex,
  dialect: Dialect,
  step: Pick<JoinStep, 'to' | 'right'> & { readonly from: Pick<SemanticModel, 'tenant'> },
  leftColumn: string,
): Code {
  const tenant = index.manifest.project.tenantKey
  const there = (column: string) => code(`\${${cubeName(step.to.name)}}.${dialect.quote(column)}`)
  const here = (column: string) => code(`\${CUBE}.${dialect.quote(column)}`)
  const meet = [here(leftColumn), ' = ', there(keyColumn(step.right))]
  if (tenant === null || !step.from.tenant || !step.to.tenant) return template(meet)
  return template([...meet, ' AND ', here(dimensionColumn(tenant)), ' = ', there(dimensionColumn(tenant))])
}

function directSteps(index: ModelIndex, model: SemanticModel): readonly JoinStep[] {
  return model.reachable
    .map(({ model: to }) => index.path(model.name, to))
    .flatMap((path) => (path.length === 1 && path[0] !== undefined ? [path[0]] : []))
}

/** Columns by which this model joins others, others join it, or rows are told apart. */
function joinColumns(index: ModelIndex, model: SemanticModel): readonly string[] {
  const outgoing = directSteps(index, model).map((step) => step.left)
  const incoming = index.manifest.models
    .flatMap((other) => (index.reaches(other.name, model.name) ? index.path(other.name, model.name).slice(-1) : []))
    .map((step) => step.right)
  const key = model.primaryKey === null ? [] : [model.primaryKey]
  return [...new Set([...key, ...outgoing, ...incoming])].sort()
}
