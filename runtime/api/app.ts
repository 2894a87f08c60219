import express, { type Express, type RequestHandler, type Router } from 'express'
import { authenticate, callerOf } from './authenticate.ts'
import { createFigures } from './figures.ts'
import { openApi } from './openapi.ts'
import { answerErrors, notFound } from './problem.ts'
import { limitRate, type RateLimit } from './rate-limit.ts'
import { accountRoutes } from './routes/accounts/index.ts'
import { alertRoutes } from './routes/alerts.ts'
import { catalogueRoutes } from './routes/catalogue/index.ts'
import { changeRoutes } from './routes/changes.ts'
import { channelRoutes } from './routes/channels.ts'
import { definitionRoutes } from './routes/definitions.ts'
import { eventRoutes, webhookRoutes } from './routes/events.ts'
import { health, readinessRoutes } from './routes/health.ts'
import { intakeRoutes } from './routes/intake.ts'
import { keyRoutes } from './routes/keys.ts'
import { mcpRoutes } from './routes/mcp.ts'
import { notificationRoutes } from './routes/notifications.ts'
import { pageRoutes } from './routes/pages.ts'
import { personalRoutes, shortLinkRoutes } from './routes/personal/index.ts'
import { personalDashboardRoutes } from './routes/personal-dashboards/index.ts'
import { projectRoutes } from './routes/project.ts'
import { queryRoutes } from './routes/query.ts'
import { reportRoutes } from './routes/reports.ts'
import { entranceRoutes } from './routes/sign-in/index.ts'
import { sourceRoutes } from './routes/sources.ts'
import { securityHeaders } from './security-headers.ts'
import type { Services } from './services.ts'

export interface AppOptions {
  /** Folder of the built dashboard. */
  readonly pagesDir: string
  readonly localToken: string
  readonly rateLimit?: RateLimit
  readonly onBug: (error: unknown) => void
}

/** Every route. Order matters: what stands above `authenticate` is open to everybody. */
export function createApp(services: Services, options: AppOptions): Express {
  const figures = createFigures()
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', 'loopback')
  app.use(figures.measure, securityHeaders)
  app.get('/health', health)
  app.use(entranceRoutes(services, options.pagesDir))
  app.use(webhookRoutes(services))
  app.use(authenticate(services, options.localToken))
  // Events have their own back-pressure: agents send more often than people ask.
  app.use(eventRoutes(services, options.onBug))
  app.use(limitRate(options.rateLimit ?? { perMinute: 1000, burst: 2000 }))
  app.use(readinessRoutes(services, figures))
  app.use('/cubejs-api', cubeRoutes(services))
  app.use('/api/v1', apiRoutes(services, options))
  app.use(mcpRoutes(services))
  app.use(shortLinkRoutes(services))
  app.use(pageRoutes(options.pagesDir))
  app.use(notFound, answerErrors(options.onBug))
  return app
}

function apiRoutes(services: Services, { onBug }: AppOptions): Router {
  const router = express.Router()
  router.use(express.json({ limit: '1mb' }))
  router.get('/openapi.json', (_request, response) => void response.json(openApi()))
  router.use(
    queryRoutes(services, onBug),
    projectRoutes(services),
    catalogueRoutes(services),
    changeRoutes(services),
    definitionRoutes(services, onBug),
    keyRoutes(services),
    channelRoutes(services),
    notificationRoutes(services),
    reportRoutes(services),
    personalRoutes(services),
    personalDashboardRoutes(services),
    accountRoutes(services),
    alertRoutes(services),
    sourceRoutes(services),
    intakeRoutes(services, onBug),
  )
  return router
}

/** Cube's own routes, for its clients. The layer asks for the security context of each request. */
function cubeRoutes(services: Services): RequestHandler {
  return (request, response, next) => {
    const { org, role, user } = callerOf(response)
    services
      .contextOf({ org, role, user })
      .then((context) => services.semantic.handle(request, response, context, next))
      .catch(next)
  }
}
