import { Type } from '@sinclair/typebox'
import { Caller, QueryDefinition } from '../definitions/index.ts'
import { fail } from '../diagnostics/index.ts'
import { createParser } from './parse.ts'

const Local = {
  as: Type.Optional(Caller),
  draft: Type.Optional(Type.Boolean()),
  sql: Type.Optional(Type.Boolean()),
}

/** The body of a query: one question, or `queries`. */
export const QueryBody = Type.Object({ ...QueryDefinition.properties, ...Local }, { additionalProperties: false })
export const QueriesBody = Type.Object(
  {
    queries: Type.Array(QueryDefinition, { minItems: 1, maxItems: 100 }),
    known: Type.Optional(
      Type.Array(Type.Union([Type.String({ maxLength: 64 }), Type.Null()]), {
        maxItems: 100,
        description: 'For each query the `etag` of the answer that the caller has; where it still holds, none is sent.',
      }),
    ),
    ...Local,
  },
  { additionalProperties: false },
)

export interface Ask {
  readonly query: QueryDefinition | undefined
  readonly queries: readonly QueryDefinition[]
  readonly known: readonly (string | null)[]
  readonly as: Caller | undefined
  readonly draft: boolean
  readonly sql: boolean
}

const parseQuery = createParser(QueryBody, 'the query')
const parseQueries = createParser(QueriesBody, 'the queries')

export function parseAsk(body: unknown): Ask {
  if (typeof body === 'object' && body !== null && 'queries' in body) {
    const { queries, known = [], as, draft, sql } = parseQueries(body)
    return { query: undefined, queries, known, as, draft: draft === true, sql: sql === true }
  }
  const { as, draft, sql, ...query } = parseQuery(body)
  return { query, queries: [], known: [], as, draft: draft === true, sql: sql === true }
}

/** The same as the text of an address: `?q={"metrics":["…"]}`. */
export function parseAskText(text: unknown): Ask {
  if (typeof text !== 'string') return fail('AM4009', 'The address has no `q`.', { hint: 'Write ?q={"metrics":["…"]}' })
  return parseAsk(jsonOf(text))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return fail('AM4009', '`q` is not JSON.', { hint: 'Write ?q={"metrics":["…"]}, encoded as a part of an address.' })
  }
}
