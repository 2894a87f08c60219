import { RESERVED_RELATIONS } from '../names.ts'
import type { ColumnKind } from './profile.ts'

/** A column before its values were looked at; `type` is DuckDB's. */
export interface RawColumn {
  readonly name: string
  readonly sql: string
  readonly type: string
}

export interface TypedColumn {
  readonly name: string
  readonly sql: string
  readonly kind: ColumnKind
}

const INTEGERS = /^(U?TINYINT|U?SMALLINT|U?INTEGER)$/
const LARGE_INTEGERS = /^(U?BIGINT|U?HUGEINT)$/
const NUMBERS = /^(FLOAT|REAL|DECIMAL\(.*\))$/
const AS_TEXT = /^(UUID|TIME|TIME WITH TIME ZONE|TIME_NS|ENUM\(.*\))$/

/** The column as the project will read it, or null where its type has no place in metrics. */
export function typedColumn({ name, sql, type }: RawColumn): TypedColumn | null {
  if (type === 'VARCHAR') return { name, sql, kind: 'string' }
  if (type === 'BOOLEAN') return { name, sql, kind: 'boolean' }
  if (type === 'DOUBLE') return { name, sql, kind: 'number' }
  if (type === 'TIMESTAMP') return { name, sql, kind: 'timestamp' }
  if (INTEGERS.test(type)) return { name, sql, kind: 'integer' }
  if (NUMBERS.test(type)) return { name, sql: `cast(${sql} as double)`, kind: 'number' }
  if (AS_TEXT.test(type)) return { name, sql: `cast(${sql} as varchar)`, kind: 'string' }
  if (type === 'DATE') return { name, sql: `cast(${sql} as timestamp)`, kind: 'date' }
  if (type.startsWith('TIMESTAMP')) return { name, sql: `cast(${sql} as timestamp)`, kind: 'timestamp' }
  return null
}

export const isLargeInteger = (type: string) => LARGE_INTEGERS.test(type)

/** Integers whose digits would be lost in a number (`exact` is false) are names of things, and so texts. */
export function integerColumn({ name, sql, type }: RawColumn, exact: boolean): TypedColumn {
  if (!exact) return { name, sql: `cast(${sql} as varchar)`, kind: 'string' }
  return { name, sql: type === 'BIGINT' ? sql : `cast(${sql} as bigint)`, kind: 'integer' }
}

export const isObject = (type: string) => type.startsWith('STRUCT(') && !type.endsWith(']')

/** An identifier as SQL takes it: in quotes only where it needs them. */
export const quote = (identifier: string) =>
  /^[a-z_][a-z0-9_]*$/.test(identifier) && !RESERVED_RELATIONS.has(identifier)
    ? identifier
    : `"${identifier.replaceAll('"', '""')}"`
