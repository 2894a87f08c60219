import type { Manifest, SimpleMetric, SqlExpression } from '../../compiler/index.ts'
import { qualified } from '../cube/index.ts'

type Models = ReadonlyMap<string, Manifest['models'][number]>

/** SQL of a field: over columns of its dataset, fields of it in full, those of others as `dataset.field`. */
export function fieldSql(models: Models, model: string, expression: SqlExpression): string {
  return expression
    .map((part) => {
      if ('text' in part) return part.text
      if ('metric' in part) throw new Error(`a metric in the SQL of ${model}`)
      if (part.model !== model) return `${part.model}.${part.dimension}`
      const own = models.get(model)?.dimensions.find(({ name }) => name === part.dimension)
      return own === undefined ? part.dimension : grouped(fieldSql(models, model, own.sql))
    })
    .join('')
    .trim()
}

const grouped = (sql: string) => (/^\w+$/.test(sql) ? sql : `(${sql})`)

/** SQL of a simple metric as one aggregate over `dataset.column` and `dataset.field`. */
export function metricSql(models: Models, metric: SimpleMetric): string {
  const { agg, filter, model, percentile } = metric
  const sql = (expression: SqlExpression) =>
    expression
      .map((part) => partSql(models, model, part))
      .join('')
      .trim()
  const key = models.get(model)?.primaryKey
  const rows = key == null ? '1' : `${model}.${key}`
  const value = metric.sql === null ? rows : sql(metric.sql)
  const counted = filter === null ? value : `CASE WHEN ${sql(filter)} THEN ${value} END`
  if (agg === 'count_distinct') return `COUNT(DISTINCT ${counted})`
  if (agg === 'median' || agg === 'percentile') {
    return `PERCENTILE_CONT(${agg === 'median' ? 0.5 : percentile}) WITHIN GROUP (ORDER BY ${counted})`
  }
  return `${agg.toUpperCase()}(${counted === '1' ? '*' : counted})`
}

function partSql(models: Models, home: string, part: SqlExpression[number]): string {
  if ('text' in part) return qualified(part.text, (column) => `${home}.${column}`)
  if ('metric' in part) throw new Error(`a metric in the SQL of ${home}`)
  const isField = models.get(part.model)?.dimensions.some(({ name }) => name === part.dimension) === true
  return isField ? `${part.model}.${part.dimension}` : part.dimension
}

const ANSI =
  /^(abs|avg|case|cast|ceil|ceiling|char_length|coalesce|count|current_date|current_timestamp|date|extract|floor|in|lower|max|min|mod|nullif|percentile_cont|position|power|round|sqrt|substring|sum|then|trim|upper|when|and|or|not|else|by|group|order|distinct|interval|over|exists|as)$/i

/** Functions and operators of an expression that other warehouses may not have. */
export function beyondAnsi(sql: string): readonly string[] {
  const bare = sql.replace(/'(?:[^']|'')*'/g, "''")
  const functions = [...bare.matchAll(/\b([a-z_]\w*)\s*\(/gi)].flatMap(([, name = '']) =>
    ANSI.test(name) ? [] : `${name}()`,
  )
  return [...new Set([...functions, ...(bare.includes('::') ? ['::'] : [])])]
}
