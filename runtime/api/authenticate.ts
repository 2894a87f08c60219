import { timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { fail } from '../diagnostics/index.ts'
import type { Caller, Identity, Scope } from '../identity/index.ts'
import { hashSecret } from '../identity/index.ts'

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

/** Finds out who asks. Nobody else passes: calls get 401, pages lead to the sign-in page. */
export function authenticate(identity: Identity, localToken: string): RequestHandler {
  return (request, response, next) => {
    identify(request, identity, localToken)
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

export function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

async function identify(request: Request, identity: Identity, localToken: string): Promise<Caller | undefined> {
  // Cube's clients send the token as it is, without a scheme.
  const token = request.headers.authorization?.replace(/^Bearer\s+/i, '')
  if (token !== undefined) {
    if (isSame(token, localToken)) return LOCAL
    return identity.callerOfKey(token)
  }
  const secret = cookieOf(request, SESSION_COOKIE)
  if (secret === undefined) return undefined
  if (isForgeable(request)) fail('AM5031', 'A cookie of this site was sent from another site.')
  return identity.callerOfSession(secret)
}

/** A request that changes something must come from our own pages: browsers say so in Origin. */
function isForgeable({ method, headers }: Request): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method) || headers.origin === undefined) return false
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host
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
