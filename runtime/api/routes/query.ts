import { type Response, Router } from 'express'
import type { QueryDefinition } from '../../definitions/index.ts'
import type { QueryAnswer, SecurityContext, SemanticLayer } from '../../semantic/index.ts'
import { callerOf, isLocal, needScope } from '../authenticate.ts'
import { type Ask, parseAsk } from '../parse-ask.ts'
import { toProblem } from '../problem.ts'
import type { Services } from '../services.ts'
import { abortSignalOf, route, sendLine, wantsLines } from './route.ts'

const ERRORS_HEADER = 'X-Definition-Errors'

/** `POST /query` answers one question, or with `queries` many at once: as they are answered, where NDJSON is accepted. */
export function queryRoutes(services: Services, onBug: (error: unknown) => void): Router {
  const router = Router()
  const scope = needScope('query')
  router.post(
    '/query',
    scope,
    route(async (request, response) => {
      const ask = parseAsk(request.body)
      const { layer, context } = await resolve(services, response, ask)
      if (ask.sql) return void response.json(await layer.sql(ask.query ?? {}, context))
      const signal = abortSignalOf(response)
      const answer = (query: QueryDefinition) => layer.query(query, context, { signal })
      if (ask.query !== undefined) return void response.json(await answer(ask.query))
      const settle = (query: QueryDefinition, index: number) => settled(answer(query), index, onBug)
      if (!wantsLines(request)) return void response.json({ answers: await Promise.all(ask.queries.map(settle)) })
      await Promise.all(ask.queries.map(async (query, index) => sendLine(response, await settle(query, index))))
      response.end()
    }),
  )
  return router
}

/** Commands of this machine may ask as anybody, and of the files as they are now. */
async function resolve(services: Services, response: Response, { as, draft }: Ask) {
  const caller = callerOf(response)
  if (!isLocal(caller)) return { layer: services.semantic, context: await services.contextOf(caller) }
  const layer: SemanticLayer = draft ? await draftLayer(services, response) : services.semantic
  const org = as?.org ?? (await services.onlyTenant())
  const context: SecurityContext = await services.contextOf({ org, role: as?.role ?? 'admin', user: as?.user ?? null })
  return { layer, context }
}

/** The command that asks tells how much of the files was left out. */
async function draftLayer(services: Services, response: Response): Promise<SemanticLayer> {
  const { layer, errors } = await services.draft()
  if (errors > 0) response.setHeader(ERRORS_HEADER, errors)
  return layer
}

/** One failed question leaves the others alone. */
async function settled(answer: Promise<QueryAnswer>, index: number, onBug: (error: unknown) => void) {
  try {
    return { index, answer: await answer }
  } catch (error) {
    return { index, problem: toProblem(error, onBug) }
  }
}
