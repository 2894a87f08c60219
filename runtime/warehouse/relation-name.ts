import type { Dialect } from './driver.ts'

export interface RelationName {
  /** Null means the schema in which models are built. */
  readonly schema: string | null
  readonly name: string
}

export function parseRelation(relation: string): RelationName {
  const dot = relation.indexOf('.')
  if (dot < 0) return { schema: null, name: relation }
  return { schema: relation.slice(0, dot), name: relation.slice(dot + 1) }
}

/** A relation (`name` or `schema.name`) as SQL. */
export function relationSql(dialect: Pick<Dialect, 'quote'>, relation: string): string {
  const { schema, name } = parseRelation(relation)
  return schema === null ? dialect.quote(name) : `${dialect.quote(schema)}.${dialect.quote(name)}`
}
