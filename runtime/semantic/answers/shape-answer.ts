import type { Grain } from '../../definitions/index.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'
import type { PlannedColumn } from '../query/answer-columns.ts'
import type { QueryPlan } from '../query/plan-query.ts'
import type { AnswerColumn } from './answer.ts'
import type { RunResult } from './run-query.ts'

export type Row = Record<string, unknown>

/** Rows of one view under the names of the query, with values in the types of the answer. */
export function shapeRows(plan: QueryPlan, members: readonly (string | null)[], run: RunResult): Row[] {
  const aliases = new Map(Object.entries(run.aliasNameToMember).map(([alias, member]) => [member, alias]))
  const positions = members.map((member) => {
    const alias = member === null ? undefined : aliases.get(member)
    return alias === undefined ? -1 : run.result.columns.findIndex((column) => column.name === alias)
  })
  const cells = plan.columns.flatMap((column, at) => {
    const position = positions[at] ?? -1
    return position < 0 ? [] : [{ name: column.name, position, convert: converterOf(column, plan.grain) }]
  })
  return run.result.rows.map((values) => {
    const row: Row = {}
    for (const { name, position, convert } of cells) row[name] = convert(values[position] ?? null)
    return row
  })
}

function converterOf(column: PlannedColumn, grain: Grain | null): (value: unknown) => unknown {
  if (column.kind !== 'time') return same
  const length = grain === 'hour' ? 19 : 10
  return (value) => (typeof value === 'string' ? value.slice(0, length).replace(' ', 'T') : value)
}

const same = (value: unknown): unknown => value

export function describeColumns(index: ModelIndex, plan: QueryPlan): readonly AnswerColumn[] {
  return plan.columns
    .filter((column) => !column.hidden)
    .map(({ name, kind, metric, ref }) => {
      if (metric !== null) return { name, kind, label: metric.label, type: 'number' as const, format: metric.format }
      if (ref === null) return { name, kind, label: 'Time', type: 'time' as const, format: null }
      const dimension = index.dimension(ref)
      return { name, kind, label: dimension.label, type: dimension.type, format: null }
    })
}
