import type { DimensionRef, Metric } from '../../compiler/index.ts'
import type { Grain, QueryDefinition } from '../../definitions/index.ts'
import { fail, suggest } from '../../diagnostics/index.ts'
import type { NameScope } from './resolve-names.ts'

/** A column of the answer: where it comes from, and under what name it is given. */
export interface PlannedColumn {
  readonly name: string
  readonly kind: 'time' | 'dimension' | 'metric'
  readonly metric: Metric | null
  readonly ref: DimensionRef | null
  /** True where only a condition needs it. */
  readonly hidden: boolean
}

export interface ColumnOrder {
  readonly column: string
  readonly desc: boolean
}

/** The columns of an answer: time, dimensions, metrics, and metrics that conditions still have to compare. */
export function answerColumns(
  scope: NameScope,
  metrics: readonly Metric[],
  by: readonly string[],
  grain: Grain | undefined,
  compared: readonly Metric[],
): readonly PlannedColumn[] {
  return [
    ...(grain === undefined ? [] : [{ name: 'time', kind: 'time' as const, metric: null, ref: null, hidden: false }]),
    ...by.map((name) => ({
      name,
      kind: 'dimension' as const,
      metric: null,
      ref: scope.dimension(name),
      hidden: false,
    })),
    ...metrics.map((metric) => metricColumn(metric, false)),
    ...compared.map((metric) => metricColumn(metric, true)),
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
export function columnOrder(query: QueryDefinition, columns: readonly PlannedColumn[]): readonly ColumnOrder[] {
  const names = columns.filter((column) => !column.hidden).map((column) => column.name)
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
