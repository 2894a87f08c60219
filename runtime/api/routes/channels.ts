import { Type } from '@sinclair/typebox'
import { type Request, type Response, Router } from 'express'
import { writeAudit } from '../../store/index.ts'
import { callerOf, isLocal, needScope } from '../authenticate.ts'
import { createParser } from '../parse.ts'
import type { Services } from '../services.ts'
import { route } from './route.ts'

const parseFilter = createParser(
  Type.Object(
    {
      org: Type.Optional(Type.String()),
      channel: Type.Optional(Type.String()),
      state: Type.Optional(
        Type.Unsafe<'pending' | 'delivered' | 'dead'>({ type: 'string', enum: ['pending', 'delivered', 'dead'] }),
      ),
      limit: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,2}$' })),
      before: Type.Optional(Type.String({ pattern: '^\\d{1,18}$' })),
    },
    { additionalProperties: false },
  ),
  'the filter',
)

/** Channels and how they work, tests of them, and the log of deliveries with its replay. */
export function channelRoutes(services: Services): Router {
  const router = Router()
  const { delivery } = services
  const admin = needScope('admin')
  router.get(
    '/channels',
    needScope('query'),
    route(async (request, response) => {
      response.json({ channels: await delivery.channels(tenantOf(request, response)) })
    }),
  )
  router.post(
    '/channels/:name/test',
    admin,
    route(async (request, response) => {
      const { name = '' } = request.params
      const org = tenantOf(request, response) ?? (await anyTenant(services, response))
      const result = await delivery.test(name, org)
      await audit(services, response, org, 'channel.tested', name)
      response.json(result)
    }),
  )
  router.get(
    '/deliveries',
    admin,
    route(async (request, response) => {
      const { limit, org: _org, ...filter } = parseFilter(request.query)
      const org = tenantOf(request, response)
      response.json({ deliveries: await delivery.log({ ...filter, org, limit: Number(limit ?? 100) }) })
    }),
  )
  router.get(
    '/deliveries/:id',
    admin,
    route(async (request, response) => {
      response.json(await delivery.entry(request.params.id ?? '', tenantOf(request, response)))
    }),
  )
  router.post(
    '/deliveries/:id/replay',
    admin,
    route(async (request, response) => {
      const entry = await delivery.replay(request.params.id ?? '', tenantOf(request, response))
      await audit(services, response, entry.org, 'delivery.replayed', entry.id)
      response.json(entry)
    }),
  )
  return router
}

/** Commands of this machine see all tenants, or the one they name. */
function tenantOf(request: Request, response: Response): string | null | undefined {
  const caller = callerOf(response)
  if (!isLocal(caller)) return caller.org
  return typeof request.query.org === 'string' ? request.query.org : undefined
}

/** A test from the command line belongs to the only tenant, or to none. */
const anyTenant = ({ onlyTenant }: Services, response: Response) =>
  isLocal(callerOf(response)) ? onlyTenant().catch(() => null) : null

async function audit({ store }: Services, response: Response, org: string | null, action: string, subject: string) {
  const { credential, user } = callerOf(response)
  await writeAudit(store.db, { org, actor: user ?? credential, action, subject })
}
