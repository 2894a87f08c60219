import { Type } from '@sinclair/typebox'
import { Router } from 'express'
import { listNotifications, markRead } from '../../channels/index.ts'
import { type Caller, notificationPreferencesOf, unwantedBy } from '../../identity/index.ts'
import { callerOf, needScope } from '../authenticate.ts'
import { createParser } from '../parse.ts'
import type { Services } from '../services.ts'
import { route } from './route.ts'

export const ReadBody = Type.Union(
  [
    Type.Object({ ids: Type.Array(Type.String(), { maxItems: 1000 }) }, { additionalProperties: false }),
    Type.Object({ all: Type.Literal(true) }, { additionalProperties: false }),
  ],
  { description: 'Which ones: `ids`, or `all: true`.' },
)
const parseRead = createParser(ReadBody, 'the body')
const parseFilter = createParser(
  Type.Object(
    {
      limit: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,2}$' })),
      before: Type.Optional(Type.String({ pattern: '^\\d{1,18}$' })),
      unread: Type.Optional(Type.String({ pattern: '^(true|false)$' })),
    },
    { additionalProperties: false },
  ),
  'the filter',
)

/** The notification centre: what the caller was told, and what of it was read. */
export function notificationRoutes({ alerts, contextOf, store }: Services): Router {
  const router = Router()
  router.use('/notifications', needScope('query'))
  const readerOf = async (caller: Caller) => ({ ...caller, sight: await alerts.sights(await contextOf(caller)) })
  router.get(
    '/notifications',
    route(async (request, response) => {
      const { before, limit, unread } = parseFilter(request.query)
      const filter = { limit: Number(limit ?? 50), unread: unread === 'true', ...(before !== undefined && { before }) }
      const caller = callerOf(response)
      const unwanted = unwantedBy(await notificationPreferencesOf(store, caller.owner))
      const found = await listNotifications(store.db, { ...(await readerOf(caller)), unwanted }, filter)
      response.setHeader('Cache-Control', 'no-store')
      response.setHeader('X-Unread', found.unread)
      response.json(found.notifications)
    }),
  )
  router.post(
    '/notifications/read',
    route(async (request, response) => {
      await markRead(store.db, await readerOf(callerOf(response)), parseRead(request.body))
      response.status(204).end()
    }),
  )
  return router
}
