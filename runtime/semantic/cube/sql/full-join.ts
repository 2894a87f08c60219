import type { Dialect } from '../../../warehouse/index.ts'
import type { CubeQuery, Measure } from './cube-query.ts'

/** Puts the parts of a query side by side: a group that only one of them has is kept. */
export function fullJoin(
  query: CubeQuery,
  dialect: Dialect,
  inner: readonly Measure[],
  outer: readonly Measure[],
  parts: readonly string[],
): string {
  const aliases = query.dimensionAliasNames()
  const names = parts.map((_, at) => `q_${at}`)
  const from = parts.map((part, at) => {
    if (at === 0) return `(${part}) AS ${names[0]}`
    if (aliases.length === 0) return `CROSS JOIN (${part}) AS ${names[at]}`
    const on = aliases.map((alias) => sameValue(dialect, first(alias, names.slice(0, at)), `${names[at]}.${alias}`))
    return `FULL JOIN (${part}) AS ${names[at]} ON ${on.join(' AND ')}`
  })
  const renderedReference = Object.fromEntries(inner.map((measure) => [measure.measure, measureValue(measure)]))
  return query.evaluateSymbolSqlWithContext(
    () => {
      const columns = [
        ...aliases.map((alias) => `${first(alias, names)} ${alias}`),
        ...outer.flatMap((measure) => measure.selectColumns()),
      ]
      const having = query.baseWhere(query.measureFilters)
      return `SELECT ${columns.join(', ')} FROM ${from.join('\n')} ${having}${query.orderBy()}${query.groupByDimensionLimit()}`
    },
    { renderedReference },
  )
}

const first = (alias: string, names: readonly string[]): string =>
  names.length === 1 ? `${names[0]}.${alias}` : `coalesce(${names.map((name) => `${name}.${alias}`).join(', ')})`

/** A count that has no row in a group is 0. */
function measureValue(measure: Measure): string {
  const { type } = measure.measureDefinition()
  return type === 'count' || type === 'countDistinct' ? `coalesce(${measure.aliasName()}, 0)` : measure.aliasName()
}

/** Equal or both null, in a form that the engine can hash: Postgres refuses to FULL JOIN by anything else. */
function sameValue(dialect: Dialect, left: string, right: string): string {
  if (dialect.name === 'duckdb') return `${left} IS NOT DISTINCT FROM ${right}`
  const text = (sql: string) => `coalesce(CAST(${sql} AS VARCHAR), '')`
  return `${text(left)} = ${text(right)} AND (${left} IS NULL) = (${right} IS NULL)`
}
