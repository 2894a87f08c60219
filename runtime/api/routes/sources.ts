import { type Request, type Response, Router } from 'express'
import { fail } from '../../diagnostics/index.ts'
import { sourceStatus } from '../../ingest/sources/index.ts'
import { callerOf, isLocal, needScope } from '../authenticate.ts'
import type { Services } from '../services.ts'
import { route } from './route.ts'

/** `GET /sources`: who sends events to the caller's organisation, and whether they still do. */
export function sourceRoutes(services: Services, now: () => number = Date.now): Router {
  const router = Router()
  router.get(
    '/sources',
    needScope('query'),
    route(async (request, response) => {
      needOperator(response)
      const org = await orgOf(services, request, response)
      response.setHeader('Cache-Control', 'no-store')
      response.json({ sources: await sourceStatus(services.warehouse, org, now()) })
    }),
  )
  return router
}

function needOperator(response: Response) {
  const { role } = callerOf(response)
  if (role !== 'admin' && role !== 'manager') {
    fail('AM5031', `Where events come from is for managers and administrators; your role is ${role}.`)
  }
}

/** Events of a project without tenants are kept under its name. */
async function orgOf(services: Services, { query }: Request, response: Response): Promise<string> {
  const caller = callerOf(response)
  if (services.config.tenancy === null) return services.config.name
  const named = isLocal(caller) && typeof query.org === 'string' && query.org !== '' ? query.org : null
  const org = isLocal(caller) ? (named ?? (await services.onlyTenant())) : caller.org
  return org ?? fail('AM5031', 'Your key belongs to no organisation.')
}
