import { Type } from '@sinclair/typebox'
import { Router } from 'express'
import { actorOf, needsSecondFactor } from '../../../identity/index.ts'
import { writeAudit, writeSetting } from '../../../store/index.ts'
import { callerOf, needRole, needScope } from '../../authenticate.ts'
import { createParser } from '../../parse.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { tenantOf } from './tenant.ts'

export const OrganisationBody = Type.Object(
  { require_second_factor: Type.Boolean({ description: 'Everybody signs in with a code of an authenticator, too.' }) },
  { additionalProperties: false },
)
const parseOrganisation = createParser(OrganisationBody, 'the settings')

/** What admins set for everybody of the organisation. */
export function organisationRoutes({ store }: Pick<Services, 'store'>): Router {
  const router = Router()
  router.use('/organisation', needScope('admin'), needRole('admin'))
  router.get(
    '/organisation',
    route(async (request, response) => {
      response.json({ require_second_factor: await needsSecondFactor(store, tenantOf(request, response)) })
    }),
  )
  router.put(
    '/organisation',
    route(async (request, response) => {
      const { require_second_factor } = parseOrganisation(request.body)
      const org = tenantOf(request, response)
      const actor = actorOf(callerOf(response))
      await writeSetting(store.db, org, 'require_second_factor', require_second_factor, actor)
      const detail = { require_second_factor }
      await writeAudit(store.db, { org, actor, action: 'organisation.changed', detail })
      response.json(detail)
    }),
  )
  return router
}
