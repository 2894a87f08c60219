import { Type } from '@sinclair/typebox'
import { Router } from 'express'
import type { Caller } from '../../../identity/index.ts'
import type { UsageType } from '../../../ingest/usage/index.ts'
import { callerOf, isLocal, needScope } from '../../authenticate.ts'
import { createParser } from '../../parse.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { Path } from './place.ts'

export const UsageBody = Type.Object({ page: Path }, { additionalProperties: false })
const parseUsage = createParser(UsageBody, 'the page view')

/** `POST /usage`: a page was looked at. */
export function usageRoutes(services: Pick<Services, 'usage' | 'config'>): Router {
  const router = Router()
  router.post(
    '/usage',
    needScope('query'),
    route((request, response) => {
      const caller = callerOf(response)
      const { page } = parseUsage(request.body)
      recordUsage(services, caller, 'dashboard.page.viewed', { page, session: caller.credential })
      response.status(202).json({ noted: true })
    }),
  )
  return router
}

/** Notes what a person does. Commands of this machine belong to no tenant, and are nobody's use of the dashboard. */
export function recordUsage(
  { usage, config }: Pick<Services, 'usage' | 'config'>,
  caller: Caller,
  type: UsageType,
  data: Readonly<Record<string, unknown>>,
) {
  const org = caller.org ?? (config.tenancy === null ? config.name : null)
  if (org === null || isLocal(caller)) return
  usage.record(org, type, { ...data, user_id: caller.user ?? caller.account?.id ?? caller.owner, role: caller.role })
}
