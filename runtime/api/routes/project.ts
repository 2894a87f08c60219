import { Router } from 'express'
import { callerOf, needScope } from '../authenticate.ts'
import type { Services } from '../services.ts'
import { describeProject } from './describe/describe-project.ts'
import { freshnessRoutes } from './freshness.ts'
import { modelFreshnessRoutes } from './model-freshness.ts'
import { route } from './route.ts'

/** `GET /project`: what the caller may see of the dashboards and metrics; the pages are generated from it. */
export function projectRoutes(services: Services): Router {
  const router = Router()
  router.get(
    '/project',
    needScope('query'),
    route(async (_request, response) => {
      const { account, ...caller } = callerOf(response)
      const context = await services.contextOf(caller)
      const { org, role, user } = context
      const name = account?.name ?? account?.email ?? null
      response.setHeader('Cache-Control', 'no-store')
      response.json({ ...describeProject(services.manifest(), context), caller: { org, role, user, name } })
    }),
  )
  router.use(freshnessRoutes(services), modelFreshnessRoutes(services))
  return router
}
