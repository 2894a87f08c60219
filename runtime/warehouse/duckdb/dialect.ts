import type { Dialect } from '../driver.ts'
import { relationSql } from '../relation-name.ts'

const TYPES = { string: 'VARCHAR', number: 'DOUBLE', boolean: 'BOOLEAN', time: 'TIMESTAMP', geo: 'VARCHAR' } as const

const literal = (value: string | number | boolean | null) =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : value === null ? 'NULL' : String(value)

export const duckDbDialect: Dialect = {
  name: 'duckdb',
  quote: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  literal,
  readFile: (path) => `SELECT * FROM ${reader(path)}`,
  percentile: (expression, fraction) => `quantile_cont(${expression}, ${fraction})`,
  scratch: '_scratch',
  // Asking the table itself takes a fraction of what asking the catalogue does.
  columnsOf: (relation) => `SELECT column_name, column_type FROM (DESCRIBE ${relationSql(duckDbDialect, relation)})`,
  typeOf: (type) => TYPES[type],
}

/** The whole file decides on the types of its columns: a sample would fail on the first odd value behind it. */
function reader(path: string): string {
  const ending = /\.([a-z]+)(?:\.(?:gz|zst))?$/i.exec(path)?.[1]?.toLowerCase()
  const file = literal(path)
  if (ending === 'parquet' || ending === 'pq') return `read_parquet(${file}, union_by_name = true)`
  if (ending === 'json' || ending === 'ndjson' || ending === 'jsonl') {
    return `read_json_auto(${file}, union_by_name = true, sample_size = -1, maximum_object_size = 268435456)`
  }
  const separator = ending === 'tsv' || ending === 'tab' ? ", delim = '\t'" : ''
  return `read_csv_auto(${file}, union_by_name = true, sample_size = -1${separator})`
}
