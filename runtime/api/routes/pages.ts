import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { Router } from 'express'

/** The dashboard: built files, and index.html for every path that is a page. */
export function pageRoutes(pagesDir: string): Router {
  const router = Router()
  router.use(
    '/assets',
    express.static(join(pagesDir, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false, index: false }),
  )
  router.use(express.static(pagesDir, { index: false, maxAge: '1h' }))
  router.get('*', (request, response, next) => {
    const file = join(pagesDir, 'index.html')
    if (/^\/(api|cubejs-api|v1)(\/|$)/.test(request.path) || !request.accepts('html')) return next()
    if (!existsSync(file)) return next()
    response.setHeader('Cache-Control', 'no-cache')
    response.sendFile(file)
  })
  return router
}
