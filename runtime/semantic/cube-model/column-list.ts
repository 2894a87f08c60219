import type { Dialect } from '../../warehouse/index.ts'

/** Columns of a cube's subquery, marked so that a query can leave out what it does not name. */
export const columnList = (dialect: Dialect, columns: readonly (readonly string[])[]): string =>
  columns.length === 0
    ? '1'
    : columns.map(([sql = '', name = '']) => `\uE003${sql} AS \uE004${dialect.quote(name)}\uE005`).join('')

const LIST = /(?:\uE003[^\uE005]*\uE005)+/g
const COLUMN = /\uE003([^\uE004]*)\uE004([^\uE005]*)\uE005/g

/** SQL with all columns, as whoever knows nothing of the marks reads it. */
export const allColumns = (sql: string): string => sql.replace(LIST, (list) => textOf([...list.matchAll(COLUMN)]))

/** The SQL of a query with those columns alone that it names: engines plan long lists slowly, and people read them so. */
export function keepNamedColumns(sql: string): string {
  const query = sql.replace(LIST, '')
  return sql.replace(LIST, (list) => {
    const named = [...list.matchAll(COLUMN)].filter(([, , name = '']) => query.includes(name))
    return named.length === 0 ? '1' : textOf(named)
  })
}

const textOf = (columns: readonly RegExpMatchArray[]): string =>
  columns.map(([, column = '', name = '']) => column + name).join(',\n    ')
