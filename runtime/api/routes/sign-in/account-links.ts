import express, { type Request, type Response, Router } from 'express'
import { UserError } from '../../../diagnostics/index.ts'
import { readLink } from '../../../identity/index.ts'
import type { AccountLinkRow } from '../../../store/index.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { codeContent, linkContent } from './contents.ts'
import type { PageContent, SendPage } from './page.ts'
import { clientOf, enterPages, fieldsOf, textOf } from './request.ts'

type LinkServices = Pick<Services, 'identity' | 'store' | 'config'>
type Kind = 'set-up' | 'invitation' | 'reset'

const KINDS: readonly Kind[] = ['set-up', 'invitation', 'reset']
const GONE: PageContent = {
  title: 'This link does not work any more',
  lead: 'It was used already, taken back, or is too old. Ask whoever sent it for a new one.',
  body: '<a class="button" href="/sign-in">Sign in</a>',
}
/** The field of the form that a refusal is about. */
const FIELD: Readonly<Record<string, string>> = { AM5040: 'password', AM5041: 'email', AM5033: 'email' }

/** `/set-up`, `/invitation` and `/reset`: one-time links that make an account, or set its password. */
export function accountLinkRoutes({ identity, store, config }: LinkServices, page: SendPage): Router {
  const router = Router()
  const isSecure = config.server.url?.startsWith('https:') === true
  const find = async (kind: Kind, token: string) => {
    const link = await readLink(store.db, token)
    return link?.kind === kind ? link : undefined
  }
  const show = (link: AccountLinkRow, kind: Kind, token: string, response: Response, given: Given) => {
    const asksOrg = kind === 'set-up' && link.org === null && config.tenancy !== null
    const status = Object.keys(given.errors).length > 0 ? 400 : 200
    page(response, status, linkContent({ ...link, kind, token, asksOrg, ...given }))
  }
  for (const kind of KINDS) {
    router.get(
      `/${kind}`,
      route(async (request, response) => {
        const token = textOf(request.query.token)
        const link = await find(kind, token)
        if (link === undefined) return page(response, 410, GONE)
        show(link, kind, token, response, { values: { name: link.name ?? '' }, errors: {} })
      }),
    )
    router.post(
      `/${kind}`,
      express.urlencoded({ extended: false, limit: '8kb' }),
      route(async (request, response) => {
        const values = fieldsOf(request)
        const token = values.token ?? ''
        const link = await find(kind, token)
        if (link === undefined) return page(response, 410, GONE)
        const errors = await redeem(request, response, link)
        if (errors !== undefined) show(link, kind, token, response, { values, errors })
      }),
    )
  }
  /** Answers the request, or gives what is wrong with the form. */
  const redeem = async (request: Request, response: Response, link: AccountLinkRow) => {
    const { token = '', ...values } = fieldsOf(request)
    const asksOrg = link.kind === 'set-up' && link.org === null && config.tenancy !== null
    const missing = mistakes(values, asksOrg)
    if (missing !== undefined) return missing
    try {
      const { password = '', name, email, org } = values
      const answers = { password, ...(name && { name }), ...(email && { email }), ...(asksOrg && org && { org }) }
      const step = await identity.redeemLink(token, answers, clientOf(request))
      if (step.kind === 'in') enterPages(request, response, step.secret, isSecure)
      else if (step.kind === 'code') page(response, 200, codeContent({ ...step, next: '/', issuer: config.name }))
      else page(response, 401, GONE)
    } catch (error) {
      const problem = error instanceof UserError ? error.diagnostics[0] : undefined
      if (problem === undefined) throw error
      if (problem.code === 'AM5042') return void page(response, 410, GONE)
      // An invitation has its e-mail already: no field to show it at.
      const field = link.email === null ? FIELD[problem.code] : undefined
      return { [field ?? 'password']: [problem.message, problem.hint].filter(Boolean).join(' ') }
    }
    return undefined
  }
  return router
}

interface Given {
  readonly values: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
}

function mistakes(values: Readonly<Record<string, string>>, asksOrg: boolean): Given['errors'] | undefined {
  if (asksOrg && !/^[^\s'"]{1,100}$/.test(values.org?.trim() ?? '')) {
    return { org: 'Write the tenant as the data names it: no spaces or quotes.' }
  }
  if (values.password !== values.again) return { again: 'The two passwords differ.' }
  return undefined
}
