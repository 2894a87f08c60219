import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Request, type Response, Router } from 'express'
import { type Identity, SESSION_LIFETIME } from '../../identity/index.ts'
import { cookieOf, SESSION_COOKIE } from '../authenticate.ts'
import { route } from './route.ts'

/** The only pages that nobody needs to be signed in for. */
export function signInRoutes(identity: Identity, pagesDir: string): Router {
  const router = Router()
  const page = readPage(pagesDir)
  router.get(
    '/sign-in',
    route(async (request, response) => {
      const token = textOf(request.query.token)
      if (token === '') return page(response, 200, '')
      const secret = await identity.signInWithToken(token)
      if (secret !== undefined) return enter(request, response, secret)
      // A second click on the link of somebody who is in already.
      const session = cookieOf(request, SESSION_COOKIE)
      if (session !== undefined && (await identity.callerOfSession(session)))
        return response.redirect(303, nextOf(request))
      page(
        response,
        401,
        'This link was used already or is too old. Sign in with an API key, or print a new link: restart the server.',
      )
    }),
  )
  router.post(
    '/sign-in',
    express.urlencoded({ extended: false, limit: '8kb' }),
    route(async (request, response) => {
      const secret = await identity.signInWithKey(textOf(request.body.key).trim())
      if (secret === undefined) return page(response, 401, 'This is not a valid API key with the scope query.')
      enter(request, response, secret)
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

function enter(request: Request, response: Response, secret: string) {
  response.cookie(SESSION_COOKIE, secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.secure,
    path: '/',
    maxAge: SESSION_LIFETIME,
  })
  response.setHeader('Cache-Control', 'no-store')
  response.redirect(303, nextOf(request))
}

/** A path of this site, never another one: `//evil.example` and `/\evil.example` are others. */
function nextOf(request: Request): string {
  const next = textOf(request.query.next) || textOf((request.body as Record<string, unknown> | undefined)?.next)
  return /^\/(?![/\\])[^\\\s]*$/.test(next) && !next.startsWith('/sign-in') ? next : '/'
}

/** The page carries its style within itself, since nothing else is served before signing in. */
function readPage(pagesDir: string) {
  const file = join(pagesDir, 'sign-in.html')
  const html = existsSync(file) ? readFileSync(file, 'utf8') : FALLBACK
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`
  return (response: Response, status: number, message: string) => {
    response.setHeader('Content-Security-Policy', policy)
    response.setHeader('Cache-Control', 'no-store')
    const alert = message === '' ? '' : `<p role="alert">${message}</p>`
    response.status(status).type('html').send(html.replace('<!--message-->', alert))
  }
}

const FALLBACK = `<!doctype html><html lang="en"><title>Sign in</title><style>body{font-family:system-ui;margin:3rem}</style>
<h1>Sign in</h1><!--message--><form method="post" action=""><label>API key <input name="key" type="password"></label>
<button>Sign in</button></form></html>`

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
