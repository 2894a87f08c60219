import { Router } from 'express'
import { refuseForged } from '../../authenticate.ts'
import { limitAddress } from '../../rate-limit.ts'
import type { Services } from '../../services.ts'
import { accountLinkRoutes } from './account-links.ts'
import { createPage } from './page.ts'
import { signInRoutes } from './sign-in.ts'

const PAGES = ['/sign-in', '/sign-out', '/set-up', '/invitation', '/reset']

/** The only pages that nobody needs to be signed in for. */
export function entranceRoutes(services: Pick<Services, 'identity' | 'store' | 'config'>, pagesDir: string): Router {
  const router = Router()
  const page = createPage(pagesDir)
  router.use(PAGES, limitAddress({ perMinute: 120, burst: 120 }), refuseForged(services.config.server.url))
  router.use(signInRoutes(services, page), accountLinkRoutes(services, page))
  return router
}
