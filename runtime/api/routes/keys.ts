import { Type } from '@sinclair/typebox'
import { Router } from 'express'
import { ROLES as ALL_ROLES } from '../../definitions/index.ts'
import { fail } from '../../diagnostics/index.ts'
import { actorOf, mayGrant, SCOPES } from '../../identity/index.ts'
import { callerOf, isLocal, needScope } from '../authenticate.ts'
import { createParser } from '../parse.ts'
import type { Services } from '../services.ts'
import { route } from './route.ts'

export const KeyBody = Type.Object(
  {
    org: Type.Optional(Type.String()),
    role: Type.Unsafe<(typeof ALL_ROLES)[number]>({ type: 'string', enum: [...ALL_ROLES] }),
    user: Type.Optional(Type.String()),
    name: Type.Optional(Type.String({ maxLength: 200 })),
    expires_at: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}', description: 'ISO day or instant.' })),
    scopes: Type.Optional(
      Type.Array(Type.Unsafe<(typeof SCOPES)[number]>({ type: 'string', enum: [...SCOPES] }), { minItems: 1 }),
    ),
  },
  { additionalProperties: false },
)
const parseKey = createParser(KeyBody, 'the key')

/** API keys of the caller's tenant; commands of this machine see those of all. */
export function keyRoutes(services: Services): Router {
  const router = Router()
  const { identity } = services
  router.use('/keys', needScope('admin'))
  router.get(
    '/keys',
    route(async (_request, response) => {
      const caller = callerOf(response)
      response.json({ keys: await identity.listKeys(isLocal(caller) ? undefined : caller.org) })
    }),
  )
  router.post(
    '/keys',
    route(async (request, response) => {
      const caller = callerOf(response)
      const { org, expires_at, ...rest } = parseKey(request.body)
      const expiresAt = expires_at === undefined ? null : new Date(expires_at)
      if (!isLocal(caller) && org !== undefined && org !== caller.org) {
        fail('AM5031', `A key of ${caller.org ?? 'this project'} makes no keys for ${org}.`)
      }
      if (!mayGrant(caller, rest.role))
        fail('AM5031', `You cannot give a key the role ${rest.role}: it is above your own.`)
      if (expiresAt !== null && !(expiresAt > new Date())) fail('AM5033', 'expires_at has to be in the future.')
      const tenant = isLocal(caller) ? (org ?? null) : caller.org
      response.status(201).json(await identity.createKey({ ...rest, org: tenant, expiresAt }, actorOf(caller)))
    }),
  )
  router.delete(
    '/keys/:id',
    route(async (request, response) => {
      const caller = callerOf(response)
      const org = isLocal(caller) ? undefined : caller.org
      response.json(await identity.revokeKey(request.params.id ?? '', actorOf(caller), org))
    }),
  )
  return router
}
