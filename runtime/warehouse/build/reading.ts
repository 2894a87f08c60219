import type { Relation } from '../../compiler/index.ts'
import { relationSql } from '../relation-name.ts'
import type { BuildContext } from './build-context.ts'
import { timeSql, unreadColumns } from './sql/watermark.ts'

interface Reading {
  /** Up to where the model has read before; undefined where that is not known. */
  readonly since: string | undefined
  /** Keeps for the next build how far this one reads. */
  readonly done: () => void
}

/**
 * How far an incremental model has read what it leaves out from then on. Its own newest row does not tell where it takes
 * few rows of many: it would look at all the others again.
 */
export async function readingOf({ memory, sources, warehouse }: BuildContext, relation: Relation): Promise<Reading> {
  const [column, ...others] = new Set(unreadColumns(relation.sql))
  const [upstream, ...more] = [...relation.refs, ...relation.sources.map((key) => sources.get(key) ?? key)]
  const isPlain = column !== undefined && others.length === 0 && upstream !== undefined && more.length === 0
  // Postgres finds new rows by its indexes, and would read all to tell the newest.
  if (memory === undefined || !isPlain || warehouse.dialect.name !== 'duckdb')
    return { since: undefined, done: () => undefined }
  const { quote } = warehouse.dialect
  // Before it is read: what comes meanwhile is read the next time.
  const { rows } = await warehouse.query(
    `SELECT max(${quote(column)}) FROM ${relationSql(warehouse.dialect, upstream)}`,
  )
  const upTo = timeSql(rows[0]?.[0])
  return {
    since: memory.read.get(relation.name),
    done: () => {
      if (upTo !== null) memory.read.set(relation.name, upTo)
    },
  }
}
