import { Type } from '@sinclair/typebox'
import { Router } from 'express'
import { fail, toJson } from '../../diagnostics/index.ts'
import { actorOf } from '../../identity/index.ts'
import { writeAudit } from '../../store/index.ts'
import { callerOf, isLocal, needScope } from '../authenticate.ts'
import { createParser } from '../parse.ts'
import { toProblem } from '../problem.ts'
import type { Services } from '../services.ts'
import { route, sendLine, wantsLines } from './route.ts'

export const BuildBody = Type.Object(
  { select: Type.Optional(Type.Array(Type.String())), full_refresh: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)
const parseSeed = createParser(
  Type.Object({
    days: Type.Optional(Type.Integer({ minimum: 1 })),
    seed: Type.Optional(Type.Integer({ minimum: 0 })),
    reset: Type.Optional(Type.Boolean()),
  }),
  'the body',
)
const parseBuild = createParser(BuildBody, 'the body')

/** `POST /validate` checks the files of the project, `POST /build` runs its models, `POST /demo` makes demo data. */
export function definitionRoutes(services: Services, onBug: (error: unknown) => void): Router {
  const router = Router()
  router.post(
    '/validate',
    needScope('admin'),
    route(async (_request, response) => {
      const { diagnostics, counts } = await services.check()
      response.json(toJson(diagnostics, counts))
    }),
  )
  router.post(
    '/build',
    needScope('admin'),
    route(async (request, response) => {
      const { select, full_refresh: fullRefresh } = parseBuild(request.body ?? {})
      const options = { ...(select && { select }), ...(fullRefresh && { fullRefresh }) }
      const caller = callerOf(response)
      const detail = { select: select ?? null }
      await writeAudit(services.store.db, {
        org: caller.org,
        actor: actorOf(caller),
        action: 'build',
        detail,
      })
      if (!wantsLines(request)) return void response.json(await services.build(options))
      try {
        const report = await services.build({ ...options, onProgress: (progress) => sendLine(response, { progress }) })
        sendLine(response, { report })
      } catch (error) {
        sendLine(response, { problem: toProblem(error, onBug) })
      }
      response.end()
    }),
  )
  router.post(
    '/demo',
    needScope('admin'),
    route(async (request, response) => {
      if (!isLocal(callerOf(response)))
        fail('AM5031', 'Demo data is made by commands of the machine the server runs on.')
      response.json(await services.seedDemo(parseSeed(request.body ?? {})))
    }),
  )
  return router
}
