import { timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { Role } from '../definitions/index.ts'
import { fail } from '../diagnostics/index.ts'
import type { Caller, Scope } from '../identity/index.ts'
import { hashSecret } from '../identity/index.ts'
import type { Services } from './services.ts'

export const SESSION_COOKIE = 'am_session'

/** Commands of the machine the server runs on show the token of .metrics/server.json; they may ask as anybody. */
const LOCAL: Caller = {
  org: null,
  role: 'admin',
  user: null,
  scopes: ['ingest', 'query', 'admin'],
  credential: 'local',
  owner: 'local',
  account: null,
}

type Gate = Pick<Services, 'identity' | 'config'>

/** Finds out who asks. Nobody else passes: calls get 401, pages lead to the sign-in page. */
export function authenticate({ identity, config }: Gate, localToken: string): RequestHandler {
  return (request, response, next) => {
    identify(request, { identity, config }, localToken)
      .then((caller) => {
        if (caller === undefined) return turnAway(request, response)
        response.locals.caller = caller
        next()
      })
      .catch(next)
  }
}

export function callerOf(response: Response): Caller {
  return response.locals.caller as Caller
}

export function isLocal(caller: Caller): boolean {
  return caller.credential === LOCAL.credential
}

export function needScope(scope: Scope): RequestHandler {
  return (_request, response, next) => {
    const { scopes } = callerOf(response)
    if (scopes.includes(scope)) return next()
    fail('AM5031', `This needs the scope ${scope}; yours has ${scopes.join(', ') || 'none'}.`, {
      hint: `Create a key that has it: metrics keys create --scope ${scope} …`,
    })
  }
}

/** Admins by role, whatever the scopes of their key. */
export function needRole(role: Role): RequestHandler {
  return (_request, response, next) => {
    if (callerOf(response).role === role) return next()
    fail('AM5031', `This is for the role ${role}; yours is ${callerOf(response).role}.`)
  }
}

export function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

async function identify(request: Request, { identity, config }: Gate, localToken: string): Promise<Caller | undefined> {
  // Cube's clients send the token as it is, without a scheme.
  const token = request.headers.authorization?.replace(/^Bearer\s+/i, '')
  if (token !== undefined) {
    if (isSame(token, localToken)) return LOCAL
    return identity.callerOfKey(token)
  }
  const secret = cookieOf(request, SESSION_COOKIE)
  if (secret === undefined) return undefined
  if (isForged(request, config.server.url)) refuse()
  return identity.callerOfSession(secret)
}

/** Turns away forms that other sites send in the name of a visitor. */
export function refuseForged(publicUrl: string | null): RequestHandler {
  return (request, _response, next) => (isForged(request, publicUrl) ? refuse() : next())
}

function refuse(): never {
  return fail('AM5031', 'This was sent from another site; only pages of this one may.')
}

/** A request that changes something must come from our own pages: browsers say so in Origin and Sec-Fetch-Site. */
function isForged({ method, headers }: Request, publicUrl: string | null): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return false
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  if (headers.origin === undefined) return false
  if (!URL.canParse(headers.origin)) return true
  const own = [headers.host, publicUrl === null ? undefined : new URL(publicUrl).host]
  return !own.includes(new URL(headers.origin).host)
}

function turnAway(request: Request, response: Response) {
  const wantsPage = request.method === 'GET' && !/^\/(api|cubejs-api|v1|metrics|ready)(\/|$)/.test(request.path)
  if (wantsPage && request.accepts(['json', 'html']) === 'html') {
    return response.redirect(302, `/sign-in?next=${encodeURIComponent(request.originalUrl)}`)
  }
  response.setHeader('WWW-Authenticate', 'Bearer')
  fail('AM5030', 'The request carries no valid API key and no valid session.', {
    hint: 'Send `Authorization: Bearer am_…`; `metrics keys create` makes a key.',
  })
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(a)), Buffer.from(hashSecret(b)))
}
