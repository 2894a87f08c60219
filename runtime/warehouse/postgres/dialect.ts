import type { Dialect } from '../driver.ts'

const TYPES = {
  string: 'text',
  number: 'double precision',
  boolean: 'boolean',
  time: 'timestamp',
  geo: 'text',
} as const

export const postgresDialect: Dialect = {
  name: 'postgres',
  quote: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  literal: (value) =>
    typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : value === null ? 'NULL' : String(value),
  readFile: () => null,
  percentile: (expression, fraction) => `percentile_cont(${fraction}) WITHIN GROUP (ORDER BY ${expression})`,
  typeOf: (type) => TYPES[type],
}
