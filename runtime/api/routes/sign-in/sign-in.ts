import express, { type Request, type Response, Router } from 'express'
import type { SignIn } from '../../../identity/index.ts'
import { cookieOf, SESSION_COOKIE } from '../../authenticate.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { codeContent, signInContent } from './contents.ts'
import type { SendPage } from './page.ts'
import { clientOf, enterPages, fieldsOf, nextOf, textOf } from './request.ts'

type SignInServices = Pick<Services, 'identity' | 'store' | 'config'>

const LINK_GONE =
  'This link was used already or is too old. Sign in with an API key, or print a new link: restart the server.'

/** The page to sign in on: e-mail and password, an API key, or a one-time link. */
export function signInRoutes({ identity, store, config }: SignInServices, page: SendPage): Router {
  const router = Router()
  const isSecure = config.server.url?.startsWith('https:') === true
  const form = express.urlencoded({ extended: false, limit: '8kb' })
  const hasAccounts = async () =>
    (await store.db.selectFrom('users').select('id').where('password', 'is not', null).limit(1).execute()).length > 0
  const show = async (request: Request, response: Response, status: number, more: { alert?: string; email?: string }) =>
    page(response, status, signInContent({ hasAccounts: await hasAccounts(), next: nextOf(request), ...more }))
  /** The next page after a step, whatever came of it. */
  const goOn = async (request: Request, response: Response, step: SignIn) => {
    const { email = '' } = fieldsOf(request)
    switch (step.kind) {
      case 'in':
        return enterPages(request, response, step.secret, isSecure)
      case 'code':
        return page(response, 200, codeContent({ ...step, next: nextOf(request), issuer: config.name }))
      case 'wait':
        response.setHeader('Retry-After', step.seconds)
        return show(request, response, 429, { email, alert: waitText(step.seconds) })
      default:
        return show(request, response, 401, { email, alert: step.reason })
    }
  }
  router.get(
    '/sign-in',
    route(async (request, response) => {
      const token = textOf(request.query.token)
      if (token === '') return show(request, response, 200, {})
      const secret = await identity.signInWithToken(token, clientOf(request))
      if (secret !== undefined) return enterPages(request, response, secret, isSecure)
      // A second click on the link of somebody who is in already.
      const session = cookieOf(request, SESSION_COOKIE)
      if (session !== undefined && (await identity.callerOfSession(session))) {
        return response.redirect(303, nextOf(request))
      }
      return show(request, response, 401, { alert: LINK_GONE })
    }),
  )
  router.post(
    '/sign-in',
    form,
    route(async (request, response) => {
      const fields = fieldsOf(request)
      const client = clientOf(request)
      if (fields.email !== undefined) {
        const reply = { fields, address: client.address ?? '' }
        return goOn(request, response, await identity.signInWithPassword(reply, client))
      }
      const secret = await identity.signInWithKey((fields.key ?? '').trim(), client)
      if (secret !== undefined) return enterPages(request, response, secret, isSecure)
      return show(request, response, 401, { alert: 'This is not a valid API key with the scope query.' })
    }),
  )
  router.post(
    '/sign-in/code',
    form,
    route(async (request, response) => {
      const { token = '', code = '' } = fieldsOf(request)
      const step = await identity.signInWithCode(token, code, clientOf(request))
      if (step.kind !== 'refused' || !step.reason.startsWith('This code')) return goOn(request, response, step)
      const again = { token, next: nextOf(request), enrol: null, issuer: config.name, error: step.reason }
      page(response, 401, codeContent(again))
    }),
  )
  router.post(
    '/sign-out',
    route(async (request, response) => {
      const secret = cookieOf(request, SESSION_COOKIE)
      if (secret !== undefined) await identity.signOut(secret)
      response.clearCookie(SESSION_COOKIE, { path: '/' })
      response.redirect(303, '/sign-in')
    }),
  )
  return router
}

export function waitText(seconds: number): string {
  const time = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`
  return `Too many attempts. Try again in ${time}.`
}
