import type { Transaction } from '../driver.ts'
import { FileReader, isNested } from '../duckdb/file-reader.ts'
import { relationSql } from '../relation-name.ts'
import { postgresDialect } from './dialect.ts'

/** Creates a table with the rows of files. */
export async function loadFiles(tx: Transaction, table: string, pattern: string): Promise<void> {
  const reader = await FileReader.open()
  try {
    const columns = await reader.columns(pattern)
    const definitions = columns.map(({ name, type }) => `${postgresDialect.quote(name)} ${postgresType(type)}`)
    await tx.query(`CREATE TABLE ${relationSql(postgresDialect, table)} (${definitions.join(', ')})`)
    const names = columns.map(({ name }) => name)
    await tx.insert(table, names, reader.rowsAsText(pattern, columns))
  } finally {
    reader.close()
  }
}

const TYPES: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'smallint',
  UTINYINT: 'smallint',
  SMALLINT: 'smallint',
  USMALLINT: 'integer',
  INTEGER: 'integer',
  UINTEGER: 'bigint',
  BIGINT: 'bigint',
  UBIGINT: 'numeric',
  HUGEINT: 'numeric',
  UHUGEINT: 'numeric',
  FLOAT: 'double precision',
  DOUBLE: 'double precision',
  DATE: 'date',
  TIME: 'time',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
  UUID: 'uuid',
}

function postgresType(type: string): string {
  if (isNested(type)) return 'jsonb'
  if (type.startsWith('DECIMAL')) return type.replace('DECIMAL', 'numeric')
  if (type in TYPES) return TYPES[type] ?? 'text'
  return type.startsWith('TIMESTAMP') ? 'timestamp' : 'text'
}
