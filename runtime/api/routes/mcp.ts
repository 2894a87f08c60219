import express, { Router } from 'express'
import { answerMcpRequest, type Desk, projectDesk } from '../../mcp/index.ts'
import { type SecurityContext, viewsFor } from '../../semantic/index.ts'
import { callerOf, needScope } from '../authenticate.ts'
import type { Services } from '../services.ts'
import { route } from './route.ts'

/** That of the interface, as in the OpenAPI document. */
const VERSION = '1'

/** `/mcp`: the Model Context Protocol for AI assistants, as the caller of the request and nobody else. */
export function mcpRoutes(services: Services): Router {
  const router = Router()
  router.all(
    '/mcp',
    needScope('query'),
    express.json({ limit: '2mb' }),
    route(async (request, response) => {
      const caller = callerOf(response)
      const context = await services.contextOf(caller)
      const desk = deskOf(services, context, caller.scopes.includes('admin'))
      await answerMcpRequest(desk, VERSION, request, response, request.body)
    }),
  )
  return router
}

/** Files are shown to those who may change the project. */
function deskOf(services: Services, context: SecurityContext, mayReadFiles: boolean): Desk {
  const manifest = services.manifest()
  return {
    manifest: () => manifest,
    views: () => viewsFor(manifest, context.role),
    query: (query) => services.semantic.query(query, context),
    ...(mayReadFiles && { files: projectDesk(services.config.dir) }),
  }
}
