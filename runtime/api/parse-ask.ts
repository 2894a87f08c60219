import { Type } from '@sinclair/typebox'
import { Caller, QueryDefinition } from '../definitions/index.ts'
import { createParser } from './parse.ts'

const Local = {
  as: Type.Optional(Caller),
  draft: Type.Optional(Type.Boolean()),
  sql: Type.Optional(Type.Boolean()),
}

/** The body of a query: one question, or `queries`. */
export const QueryBody = Type.Object({ ...QueryDefinition.properties, ...Local }, { additionalProperties: false })
export const QueriesBody = Type.Object(
  { queries: Type.Array(QueryDefinition, { minItems: 1, maxItems: 100 }), ...Local },
  { additionalProperties: false },
)

export interface Ask {
  readonly query: QueryDefinition | undefined
  readonly queries: readonly QueryDefinition[]
  readonly as: Caller | undefined
  readonly draft: boolean
  readonly sql: boolean
}

const parseQuery = createParser(QueryBody, 'the query')
const parseQueries = createParser(QueriesBody, 'the queries')

export function parseAsk(body: unknown): Ask {
  if (typeof body === 'object' && body !== null && 'queries' in body) {
    const { queries, as, draft, sql } = parseQueries(body)
    return { query: undefined, queries, as, draft: draft === true, sql: sql === true }
  }
  const { as, draft, sql, ...query } = parseQuery(body)
  return { query, queries: [], as, draft: draft === true, sql: sql === true }
}
