import { Type } from '@sinclair/typebox'
import { Router } from 'express'
import { fail } from '../../../diagnostics/index.ts'
import { actorOf } from '../../../identity/index.ts'
import { followLink, shortenLink } from '../../../store/index.ts'
import { callerOf, needScope } from '../../authenticate.ts'
import { createParser } from '../../parse.ts'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { Path, Search } from './place.ts'

export const LinkBody = Type.Object({ path: Path, search: Type.Optional(Search) }, { additionalProperties: false })
const parseLink = createParser(LinkBody, 'the link')

/** `POST /links` shortens the address of a page. */
export function linkRoutes({ store }: Pick<Services, 'store'>): Router {
  const router = Router()
  router.post(
    '/links',
    needScope('query'),
    route(async (request, response) => {
      const caller = callerOf(response)
      const { path, search = '' } = parseLink(request.body)
      const id = await shortenLink(store.db, { org: caller.org, path, search }, actorOf(caller))
      response.status(201).json({ id, href: `/l/${id}` })
    }),
  )
  return router
}

/** `GET /l/:id` leads to the page, for people of the organisation it was made in. */
export function shortLinkRoutes({ store }: Pick<Services, 'store'>): Router {
  const router = Router()
  router.get(
    '/l/:id',
    needScope('query'),
    route(async (request, response) => {
      const link = await followLink(store.db, callerOf(response).org, request.params.id ?? '')
      if (link === undefined) return fail('AM5034', 'There is no such link in your organisation.')
      response.redirect(302, `${link.path}${link.search}`)
    }),
  )
  return router
}
