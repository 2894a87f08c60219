import { Type } from '@sinclair/typebox'
import { type Response, Router } from 'express'
import { ROLES, type Role } from '../../../definitions/index.ts'
import { fail } from '../../../diagnostics/index.ts'
import {
  actorOf,
  findAccount,
  inviteAccount,
  listAccounts,
  listInvitations,
  listSessions,
  mayGrant,
  resetPassword,
  withdrawInvitation,
} from '../../../identity/index.ts'
import { writeAudit } from '../../../store/index.ts'
import { callerOf, needRole, needScope } from '../../authenticate.ts'
import { createParser } from '../../parse.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { tenantOf } from './tenant.ts'

const strict = { additionalProperties: false }
const RoleName = Type.Unsafe<Role>({ type: 'string', enum: [...ROLES] })
const Name = Type.String({ maxLength: 200 })
export const InvitationBody = Type.Object(
  { email: Type.String({ minLength: 3, maxLength: 320 }), role: RoleName, name: Type.Optional(Name) },
  strict,
)
export const UserBody = Type.Object(
  {
    role: Type.Optional(RoleName),
    name: Type.Optional(Name),
    user: Type.Optional(
      Type.Union([Type.String({ minLength: 1, maxLength: 256 }), Type.Null()], {
        description: 'Id of the person in the warehouse; null: found by e-mail.',
      }),
    ),
    active: Type.Optional(Type.Boolean()),
    second_factor: Type.Optional(Type.Literal(false, { description: 'Takes the second factor away.' })),
  },
  { ...strict, minProperties: 1 },
)
const parseInvitation = createParser(InvitationBody, 'the invitation')
const parseUser = createParser(UserBody, 'the user')

/** Accounts of the organisation, for its admins. */
export function userRoutes(services: Services): Router {
  const { identity, store, config } = services
  const router = Router()
  router.use(['/users', '/invitations'], needScope('admin'), needRole('admin'))
  const linkTo = (kind: string, token: string) => `${config.server.url ?? ''}/${kind}?token=${token}`
  router.get(
    '/users',
    route(async (request, response) => {
      const org = tenantOf(request, response)
      const [users, invitations] = await Promise.all([listAccounts(store, org), listInvitations(store.db, org)])
      response.json({ users: users.map((user) => ({ ...user, me: isMe(response, user.id) })), invitations })
    }),
  )
  router.post(
    '/invitations',
    route(async (request, response) => {
      const invitation = parseInvitation(request.body)
      permitRole(response, invitation.role)
      const org = tenantOf(request, response)
      const { id, token, expires_at } = await inviteAccount(store, org, invitation, actorOf(callerOf(response)))
      response.status(201).json({ id, expires_at, href: linkTo('invitation', token) })
    }),
  )
  router.delete(
    '/invitations/:id',
    route(async (request, response) => {
      const org = tenantOf(request, response)
      const id = request.params.id ?? ''
      const email = await withdrawInvitation(store.db, org, id)
      if (email === undefined) fail('AM5044', 'There is no such invitation.')
      const actor = actorOf(callerOf(response))
      await writeAudit(store.db, { org, actor, action: 'invitation.withdrawn', subject: id, detail: { email } })
      response.json({ id })
    }),
  )
  router.patch(
    '/users/:id',
    route(async (request, response) => {
      const change = parseUser(request.body)
      if (change.role !== undefined) permitRole(response, change.role)
      const actor = actorOf(callerOf(response))
      response.json(await identity.changeAccount(tenantOf(request, response), request.params.id ?? '', change, actor))
    }),
  )
  router.post(
    '/users/:id/reset',
    route(async (request, response) => {
      const actor = actorOf(callerOf(response))
      const org = tenantOf(request, response)
      const { id, token, expires_at } = await resetPassword(store, org, request.params.id ?? '', actor)
      response.status(201).json({ id, expires_at, href: linkTo('reset', token) })
    }),
  )
  router.get(
    '/users/:id/sessions',
    route(async (request, response) => {
      const { id } = await findAccount(store, tenantOf(request, response), request.params.id ?? '')
      response.json({ sessions: await listSessions(store, id) })
    }),
  )
  router.delete(
    '/users/:id/sessions',
    route(async (request, response) => {
      const org = tenantOf(request, response)
      const { id } = await findAccount(store, org, request.params.id ?? '')
      const ended = await identity.endSessions(id, { except: null })
      const actor = actorOf(callerOf(response))
      await writeAudit(store.db, { org, actor, action: 'sessions.ended', subject: id, detail: { ended } })
      response.json({ ended })
    }),
  )
  return router
}

function isMe(response: Response, id: string): boolean {
  return callerOf(response).account?.id === id
}

function permitRole(response: Response, role: Role) {
  if (!mayGrant(callerOf(response), role)) fail('AM5031', `You cannot give the role ${role}: it is above your own.`)
}
