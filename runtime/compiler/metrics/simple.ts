import type { SimpleMetric as Definition } from '../../definitions/index.ts'
import type { SimpleMetric, SqlExpression } from '../manifest.ts'
import { columnSql, type DimensionSpace, resolveRowSql } from '../models/index.ts'
import { type Declared, inside, type Project } from '../project/index.ts'

/** What a simple metric is beyond the keys that all metrics have. */
export type SimpleParts = Pick<SimpleMetric, 'agg' | 'percentile' | 'sql' | 'filter'>

/** Resolves what a simple metric aggregates, or null where something in it is wrong. */
export function resolveSimple(
  project: Project,
  space: DimensionSpace,
  model: string,
  declared: Declared<Definition>,
): SimpleParts | null {
  const { agg, filter, name, percentile, sql } = declared.value
  const input = sql === undefined ? defaultSql(agg, name) : rowSql(project, space, model, declared, 'sql', sql)
  const condition = filter === undefined ? undefined : rowSql(project, space, model, declared, 'filter', filter)
  const fine = [checkPercentile(project, declared), checkType(project, space, model, declared)].every(Boolean)
  if (input === null || condition === null || !fine) return null
  return { agg, percentile: percentile ?? null, sql: input ?? null, filter: condition ?? null }
}

const defaultSql = (agg: Definition['agg'], name: string) => (agg === 'count' ? undefined : columnSql(name))

const rowSql = (
  project: Project,
  space: DimensionSpace,
  model: string,
  declared: Declared<Definition>,
  key: 'sql' | 'filter',
  text: string,
): SqlExpression | null =>
  resolveRowSql(project, space, model, inside(declared, [key], text), key === 'sql' ? 'metric' : 'filter')

function checkPercentile({ report }: Project, declared: Declared<Definition>): boolean {
  const { agg, name, percentile } = declared.value
  if (agg === 'percentile' && percentile === undefined) {
    const guess = /_p(\d\d)$/.exec(name)?.[1] ?? '90'
    report('AM1304', `\`agg: percentile\` does not say which percentile \`${name}\` is.`, {
      at: declared.at(['agg']),
      hint: `Add \`percentile: 0.${guess.replace(/0$/, '')}\` for the P${guess}.`,
    })
    return false
  }
  if (agg === 'percentile' || percentile === undefined) return true
  report('AM1305', `\`percentile\` means nothing with \`agg: ${agg}\`.`, {
    at: declared.at(['percentile'], 'key'),
    hint: 'Write `agg: percentile`, or remove it.',
  })
  return false
}

const NUMERIC = new Set(['sum', 'avg', 'median', 'percentile'])

/** A sum of a text is a mistake that can be seen where the SQL is a dimension or its column. */
function checkType({ report }: Project, space: DimensionSpace, model: string, declared: Declared<Definition>): boolean {
  const { agg, name, sql = name } = declared.value
  if (!NUMERIC.has(agg)) return true
  const reference = /^\{?\s*([a-z][a-z0-9_.]*)\s*\}?$/.exec(sql)?.[1]
  const resolution = reference === undefined ? undefined : space.resolve([model], reference)
  const dimension = resolution?.kind === 'found' ? space.get(resolution.ref) : undefined
  const isColumnOf = sql.startsWith('{') || dimension?.declared?.value.sql === undefined
  if (dimension?.declared == null || !isColumnOf || dimension.type === 'number') return true
  if (!sql.startsWith('{') && dimension.model !== model) return true
  const hint =
    agg === 'sum' && dimension.type === 'boolean'
      ? `To count the rows where it holds, write \`agg: count\` and \`filter: "{${dimension.name}}"\`.`
      : 'Aggregate a number, or use `count`, `count_distinct`, `min` or `max`.'
  report('AM1306', `\`agg: ${agg}\` needs numbers, and \`${dimension.name}\` is of type ${dimension.type}.`, {
    at: declared.value.sql === undefined ? declared.at(['agg']) : declared.at(['sql']),
    hint,
    related: [{ message: `\`${dimension.name}\` is declared here`, at: dimension.declared.at(['type']) }],
  })
  return false
}
