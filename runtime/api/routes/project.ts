import { Router } from 'express'
import { callerOf, needScope } from '../authenticate.ts'
import type { Services } from '../services.ts'
import { describeProject } from './describe/describe-project.ts'
import { freshnessRoutes } from './freshness.ts'
import { route } from './route.ts'

/** `GET /project`: what the caller may see of the dashboards and metrics; the pages are generated from it. */
export function projectRoutes(services: Services): Router {
  const router = Router()
  router.get(
    '/project',
    needScope('query'),
    route(async (_request, response) => {
      const context = await services.contextOf(callerOf(response))
      const { org, role, user } = context
      response.setHeader('Cache-Control', 'no-store')
      response.json({ ...describeProject(services.manifest(), context), caller: { org, role, user } })
    }),
  )
  router.use(freshnessRoutes(services))
  return router
}
