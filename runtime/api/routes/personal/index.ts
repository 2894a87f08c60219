import { Router } from 'express'
import type { Services } from '../../services.ts'
import { feedbackRoutes } from './feedback.ts'
import { linkRoutes } from './links.ts'
import { preferenceRoutes } from './preferences.ts'
import { usageRoutes } from './usage.ts'
import { viewRoutes } from './views.ts'

export { shortLinkRoutes } from './links.ts'
export { personalPaths } from './paths.ts'

/** What belongs to single people: views, short links, preferences and feedback. */
export function personalRoutes(services: Services): Router {
  const router = Router()
  router.use(
    viewRoutes(services),
    linkRoutes(services),
    preferenceRoutes(services),
    feedbackRoutes(services),
    usageRoutes(services),
  )
  return router
}
