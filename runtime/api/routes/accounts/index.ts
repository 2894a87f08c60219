import { Router } from 'express'
import type { Services } from '../../services.ts'
import { auditRoutes } from './audit.ts'
import { organisationRoutes } from './organisation.ts'
import { ownAccountRoutes } from './own-account.ts'
import { userRoutes } from './users.ts'

export { accountPaths } from './paths.ts'

/** Accounts, one's own and those of the organisation, and the log of what was done. */
export function accountRoutes(services: Services): Router {
  const router = Router()
  router.use(ownAccountRoutes(services), userRoutes(services), auditRoutes(services), organisationRoutes(services))
  return router
}
