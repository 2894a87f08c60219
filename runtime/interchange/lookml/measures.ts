import type { SimpleMetric } from '../../definitions/index.ts'
import {
  allOf,
  filled,
  hasAggregate,
  type Lose,
  labelOf,
  type Measure,
  type MeasureBody,
  nameOf,
} from '../draft/index.ts'
import { reportField } from './dimensions.ts'
import { filterSql } from './filter-expression.ts'
import { formatOf } from './format.ts'
import { type Block, blocksOf, listOf, textOf } from './lookml-file.ts'
import { fieldOf, translateSql, type Views } from './sql.ts'

const AGGREGATIONS: Readonly<Record<string, SimpleMetric['agg']>> = {
  count: 'count',
  count_distinct: 'count_distinct',
  sum: 'sum',
  average: 'avg',
  min: 'min',
  max: 'max',
  median: 'median',
  percentile: 'percentile',
}

export function measuresOf(views: Views, view: Block, lose: Lose): readonly Measure[] {
  return Object.entries(blocksOf(view, 'measure')).flatMap(([name, block]) => {
    const object = `measure:${view.$name}.${name}`
    reportField(object, block, lose)
    const body = bodyOf(views, view, block, object, lose)
    const about = filled({
      label: labelOf(textOf(block, 'label'), nameOf(name)),
      description: textOf(block, 'description'),
      format: formatOf(block, object, lose),
    })
    return body === undefined ? [] : [{ name, about, body }]
  })
}

function bodyOf(views: Views, view: Block, block: Block, object: string, lose: Lose): MeasureBody | undefined {
  const type = textOf(block, 'type') ?? 'string'
  if (type === 'number') return numberOf(views, view, block, object, lose)
  const agg = AGGREGATIONS[type]
  if (agg === undefined) {
    lose('AM6220', object, `There are no metrics of type \`${type}\`.`, INSTEAD[type] ?? 'Declare it by hand.')
    return undefined
  }
  if (block.approximate === true)
    lose('AM6223', object, 'It is approximate there and exact here.', 'Nothing, unless it is slow.')
  const value = agg === 'count' ? undefined : translateSql(views, view, textOf(block, 'sql') ?? block.$name ?? '')
  const filter = conditionOf(views, view, block)
  const problem = value?.problem ?? ('problem' in filter ? filter.problem : undefined)
  if (problem !== undefined || 'problem' in filter) {
    lose(
      problem?.includes('Liquid') ? 'AM6224' : 'AM6237',
      object,
      `It cannot be carried over: ${problem}.`,
      'Declare it by hand.',
    )
    return undefined
  }
  if ((value?.measures.length ?? 0) > 0) {
    lose('AM6220', object, 'It aggregates other measures.', 'Build a model with one row for what is aggregated twice.')
    return undefined
  }
  const percentile = agg === 'percentile' ? Number(block.percentile ?? 50) / 100 : undefined
  return { simple: filled({ agg, percentile, sql: value?.sql, filter: filter.sql }) }
}

const INSTEAD: Readonly<Record<string, string>> = {
  running_total: 'Declare a cumulative metric.',
  period_over_period: 'Declare an `offset` metric.',
  percent_of_total: 'Let the chart show shares.',
  sum_distinct: 'Put the metric on the view whose rows it counts; joins here never count rows twice.',
  average_distinct: 'Put the metric on the view whose rows it counts; joins here never count rows twice.',
  list: 'Group by the dimension.',
}

type Condition = { readonly sql: string | undefined } | { readonly problem: string }

function conditionOf(views: Views, view: Block, block: Block): Condition {
  const filters = listOf(block.filters).flatMap((one): [string, string][] =>
    typeof one.field === 'string'
      ? [[one.field, String(one.value ?? '')]]
      : Object.entries(one)
          .filter(([key]) => !key.startsWith('$'))
          .map(([key, value]) => [key, String(value)]),
  )
  const conditions: string[] = []
  for (const [path, expression] of filters) {
    const field = fieldOf(views, view, path)
    const type = field === undefined ? '' : field.kind === 'time' ? 'time' : (textOf(field.block, 'type') ?? 'string')
    const sql = field === undefined ? undefined : filterSql(field.sql, type, expression)
    if (sql === undefined) return { problem: `its filter \`${path}: "${expression}"\` has no fixed SQL` }
    conditions.push(sql)
  }
  return { sql: allOf(conditions) }
}

function numberOf(views: Views, view: Block, block: Block, object: string, lose: Lose): MeasureBody | undefined {
  const { measures, problem, sql } = translateSql(views, view, textOf(block, 'sql') ?? '')
  if (problem !== undefined) {
    lose(
      problem.includes('Liquid') ? 'AM6224' : 'AM6220',
      object,
      `It cannot be carried over: ${problem}.`,
      'Declare it by hand.',
    )
    return undefined
  }
  if (hasAggregate(sql) || measures.length === 0) {
    lose(
      'AM6220',
      object,
      `It aggregates within an expression: ${sql}.`,
      'Declare each aggregate as a metric, and this over them.',
    )
    return undefined
  }
  return { expr: sql }
}
