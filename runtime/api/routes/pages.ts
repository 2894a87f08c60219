import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler, type Response, Router } from 'express'
import { encodingOf } from '../encoded.ts'

const ENDINGS = { br: '.br', gzip: '.gz' } as const
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' }

/** The dashboard: built files, and index.html for every path that is a page. */
export function pageRoutes(pagesDir: string): Router {
  const router = Router()
  const assets = join(pagesDir, 'assets')
  router.use(
    '/assets',
    compressedFiles(assets, { immutable: true, maxAge: '1y' }),
    express.static(assets, { immutable: true, maxAge: '1y', fallthrough: false, index: false }),
  )
  router.use(compressedFiles(pagesDir, { maxAge: '1h' }))
  router.use(express.static(pagesDir, { index: false, maxAge: '1h' }))
  router.get('*', (request, response, next) => {
    const file = join(pagesDir, 'index.html')
    if (/^\/(api|cubejs-api|v1)(\/|$)/.test(request.path) || !request.accepts('html')) return next()
    if (!existsSync(file)) return next()
    response.setHeader('Cache-Control', 'no-cache')
    sendCompressed(response, file, encodingOf(request), 'text/html') || response.sendFile(file)
  })
  return router
}

interface Caching {
  readonly immutable?: boolean
  readonly maxAge: string
}

/** Files that the build left compressed beside the plain ones, for those who take them. */
function compressedFiles(dir: string, { immutable = false, maxAge }: Caching): RequestHandler {
  const seconds = maxAge === '1y' ? 31_536_000 : 3600
  return (request, response, next) => {
    const name = /^\/([\w-][\w.-]*\.(js|css|svg))$/.exec(request.path)
    if (name === null || (request.method !== 'GET' && request.method !== 'HEAD')) return next()
    const [, file = '', ending = ''] = name
    response.setHeader('Cache-Control', `public, max-age=${seconds}${immutable ? ', immutable' : ''}`)
    if (!sendCompressed(response, join(dir, file), encodingOf(request), TYPES[ending] ?? '')) next()
  }
}

function sendCompressed(response: Response, file: string, encoding: 'br' | 'gzip' | null, type: string): boolean {
  response.vary('Accept-Encoding')
  if (encoding === null || !existsSync(file + ENDINGS[encoding])) return false
  response.setHeader('Content-Encoding', encoding)
  response.type(type)
  response.sendFile(file + ENDINGS[encoding], { cacheControl: false })
  return true
}
