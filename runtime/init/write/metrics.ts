import { dimensionOf, type InferredJoin } from '../infer/joins.ts'
import { fileName, type InferredMetric } from '../infer/metrics.ts'
import type { Table, TableColumn } from '../infer/table.ts'
import { exampleTest } from './example-test.ts'
import { toYaml } from './yaml.ts'

/** Dimensions of a table at most. */
const MOST = 80

/** `metrics/<table>.yml`. */
export function metricsYaml(table: Table, joins: readonly InferredJoin[], metrics: readonly InferredMetric[]): string {
  const own = metrics.filter((metric) => metric.table === table)
  const simple = own.filter(({ kind }) => kind !== 'ratio').map(({ definition }) => definition)
  const composite = own.filter(({ kind }) => kind === 'ratio').map(({ definition }) => definition)
  const model = {
    name: table.name,
    label: table.label,
    description: `A row of ${fileName(table)}.`,
    relation: table.name,
    ...(table.primaryKey ? { primary_key: table.primaryKey.name } : {}),
    ...(table.time ? { time_dimension: table.time.name } : {}),
    ...joinsOf(table, joins),
    dimensions: dimensions(table, joins).map(dimension),
    metrics: simple,
  }
  return toYaml({
    version: 1,
    semantic_models: [model],
    ...(composite.length > 0 ? { metrics: composite } : {}),
    tests: [exampleTest(table, own)],
  })
}

function joinsOf(table: Table, joins: readonly InferredJoin[]) {
  const own = joins
    .filter(({ from }) => from === table)
    .map(({ to, left, right, relationship }) => ({
      to: to.name,
      on: right === to.primaryKey ? left.name : { left: left.name, right: right.name },
      ...(relationship === 'one_to_one' ? { relationship } : {}),
    }))
  return own.length > 0 ? { joins: own } : {}
}

function dimensions(table: Table, joins: readonly InferredJoin[]): readonly TableColumn[] {
  const own = (column: TableColumn) => dimensionOf(table, column, joins) === `${table.name}.${column.name}`
  const grouped = ({ role }: TableColumn) => role !== 'sum' && role !== 'level' && role !== 'none'
  return table.columns.filter((column) => grouped(column) && own(column)).slice(0, MOST)
}

function dimension({ name, label, profile }: TableColumn) {
  const type = TYPES[profile.kind]
  return { name, type, label }
}

const TYPES = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  date: 'time',
  timestamp: 'time',
} as const
