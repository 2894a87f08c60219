import { type RequestHandler, Router } from 'express'
import { needScope } from '../authenticate.ts'
import { buildLines } from '../build-figures.ts'
import type { Figures } from '../figures.ts'
import { createIngestFigures } from '../ingest-figures.ts'
import type { Services } from '../services.ts'
import { route } from './route.ts'

export const health: RequestHandler = (_request, response) => {
  response.setHeader('Cache-Control', 'no-store')
  response.json({ status: 'ok' })
}

/** `GET /ready` has asked the warehouse; `GET /metrics` gives the service's own figures. */
export function readinessRoutes(services: Services, figures: Figures): Router {
  const router = Router()
  const ingestLines = createIngestFigures(services)
  router.get(
    '/ready',
    route(async (_request, response) => {
      const start = performance.now()
      response.setHeader('Cache-Control', 'no-store')
      try {
        await services.warehouse.query('SELECT 1')
        response.json({
          status: 'ready',
          warehouse: { type: services.warehouse.dialect.name, ms: performance.now() - start },
        })
      } catch (error) {
        response
          .status(503)
          .json({ status: 'not ready', reason: error instanceof Error ? error.message : String(error) })
      }
    }),
  )
  router.get(
    '/metrics',
    needScope('query'),
    route(async (_request, response) => {
      response
        .type('text/plain; version=0.0.4')
        .send(figures.text([...(await ingestLines()), ...buildLines(services.buildMeasures())]))
    }),
  )
  return router
}
