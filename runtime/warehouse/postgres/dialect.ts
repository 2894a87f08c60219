import type { Dialect } from '../driver.ts'
import { parseRelation } from '../relation-name.ts'

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
  scratch: null,
  columnsOf: (relation) => {
    const { schema, name } = parseRelation(relation)
    const inSchema = schema === null ? 'current_schema()' : postgresDialect.literal(schema)
    return `SELECT column_name, data_type FROM information_schema.columns
      WHERE table_schema = ${inSchema} AND table_name = ${postgresDialect.literal(name)}`
  },
  percentile: (expression, fraction) => `percentile_cont(${fraction}) WITHIN GROUP (ORDER BY ${expression})`,
  typeOf: (type) => TYPES[type],
}
