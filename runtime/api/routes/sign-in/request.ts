import type { Request, Response } from 'express'
import { type Client, SESSION_LIFETIME } from '../../../identity/index.ts'
import { SESSION_COOKIE } from '../../authenticate.ts'

export function clientOf(request: Request): Client {
  return { userAgent: request.headers['user-agent'], address: request.ip }
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The fields of a form; anything but text is left out. */
export function fieldsOf(request: Request): Readonly<Record<string, string>> {
  const body = (request.body ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

/** A path of this site, never another one: `//evil.example` and `/\evil.example` are others. */
export function nextOf(request: Request): string {
  const next = textOf(request.query.next) || (fieldsOf(request).next ?? '')
  const leadsBack = /^\/(sign-in|set-up|invitation|reset)/.test(next)
  return /^\/(?![/\\])[^\\\s]*$/.test(next) && !leadsBack ? next : '/'
}

/** Puts the secret of the session into the cookie and goes where the person wanted to. */
export function enterPages(request: Request, response: Response, secret: string, isSecure: boolean) {
  response.cookie(SESSION_COOKIE, secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.secure || isSecure,
    path: '/',
    maxAge: SESSION_LIFETIME,
  })
  response.setHeader('Cache-Control', 'no-store')
  response.redirect(303, nextOf(request))
}
