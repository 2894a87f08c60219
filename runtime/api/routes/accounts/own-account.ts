import { Type } from '@sinclair/typebox'
import { type RequestHandler, type Response, Router } from 'express'
import { fail } from '../../../diagnostics/index.ts'
import {
  beginSecondFactor,
  type CallerAccount,
  confirmSecondFactor,
  listSessions,
  needsSecondFactor,
  ownAccount,
  removeSecondFactor,
  renameAccount,
  totpUri,
} from '../../../identity/index.ts'
import { callerOf } from '../../authenticate.ts'
import { createParser } from '../../parse.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'

const strict = { additionalProperties: false }
const Password = Type.String({ maxLength: 1000 })
export const NameBody = Type.Object({ name: Type.String({ maxLength: 200 }) }, strict)
export const PasswordBody = Type.Object({ current: Password, password: Password }, strict)
export const CodeBody = Type.Object({ code: Type.String({ minLength: 6, maxLength: 10 }) }, strict)
export const ProofBody = Type.Object({ password: Password }, strict)
const parseName = createParser(NameBody, 'the account')
const parsePassword = createParser(PasswordBody, 'the password')
const parseCode = createParser(CodeBody, 'the code')
const parseProof = createParser(ProofBody, 'the body')

/** One's own account: name, password, second factor and sessions. Keys and one-time links have none. */
export function ownAccountRoutes({ identity, store, config }: Services): Router {
  const router = Router()
  router.get(
    '/account',
    route(async (_request, response) => {
      const { org, role, user, account } = callerOf(response)
      response.setHeader('Cache-Control', 'no-store')
      const required = await needsSecondFactor(store, org)
      if (account === null)
        return void response.json({ account: null, org, role, user, second_factor_required: required })
      const found = await ownAccount(store, account.id)
      response.json({ account: true, ...found, user, second_factor_required: required })
    }),
  )
  router.use('/account', needAccount)
  router.patch(
    '/account',
    route(async (request, response) => {
      response.json(await renameAccount(store, accountOf(response).id, parseName(request.body).name))
    }),
  )
  router.put(
    '/account/password',
    route(async (request, response) => {
      const { current, password: next } = parsePassword(request.body)
      await identity.changePassword(accountOf(response).id, { current, next, session: callerOf(response).credential })
      response.json({ changed: true })
    }),
  )
  router.get(
    '/account/sessions',
    route(async (_request, response) => {
      const sessions = await listSessions(store, accountOf(response).id)
      const { credential } = callerOf(response)
      response.json({ sessions: sessions.map((session) => ({ ...session, current: session.id === credential })) })
    }),
  )
  router.delete(
    '/account/sessions',
    route(async (_request, response) => {
      const ended = await identity.endSessions(accountOf(response).id, { except: callerOf(response).credential })
      response.json({ ended })
    }),
  )
  router.delete(
    '/account/sessions/:id',
    route(async (request, response) => {
      const ended = await identity.endSessions(accountOf(response).id, { id: request.params.id ?? '' })
      if (ended === 0) fail('AM5044', 'There is no such session.')
      response.json({ ended })
    }),
  )
  router.post(
    '/account/second-factor',
    route(async (_request, response) => {
      const { secret, email } = await beginSecondFactor(store, accountOf(response).id)
      response.status(201).json({ secret, uri: totpUri(secret, email, config.name) })
    }),
  )
  router.put(
    '/account/second-factor',
    route(async (request, response) => {
      response.json(await confirmSecondFactor(store, accountOf(response).id, parseCode(request.body).code))
    }),
  )
  router.delete(
    '/account/second-factor',
    route(async (request, response) => {
      response.json(await removeSecondFactor(store, accountOf(response).id, parseProof(request.body).password))
    }),
  )
  return router
}

const needAccount: RequestHandler = (_request, response, next) => {
  accountOf(response)
  next()
}

function accountOf(response: Response): CallerAccount {
  const { account } = callerOf(response)
  return account ?? fail('AM5047', 'You came in with a key or a one-time link, so there is no account to change.')
}
