import { type Request, type Response, Router } from 'express'
import { BusyError } from '../accept/busy-error.ts'
import { sendError } from '../http/answer.ts'
import { readBody } from '../http/body.ts'
import { ByteBudget } from '../http/byte-budget.ts'
import { HttpError } from '../http/http-error.ts'
import type { Ingest } from '../ingest.ts'
import { attribute } from './attribution/index.ts'
import type { Change } from './change.ts'
import { isStored, knownBranch } from './known-branch.ts'
import { payload as read } from './payload.ts'
import { PROVIDERS, type Provider } from './providers/index.ts'
import { digestOf, toEvents } from './to-events.ts'

export interface GitSecret {
  readonly provider: Provider['name']
  readonly secret: string
  /** The tenant whose webhooks know the secret; `resolveOrg` is asked where it is missing. */
  readonly org?: string | undefined
}

export interface GitOptions {
  readonly ingest: Ingest
  readonly secrets: readonly GitSecret[]
  /** The tenant of a repository, for secrets that several share; null refuses. */
  readonly resolveOrg?: (hook: {
    provider: Provider['name']
    repository: string
  }) => string | null | Promise<string | null>
}

/** `POST /v1/webhooks/github`, `/gitlab` and `/bitbucket`. Senders prove themselves by a secret: mount it before keys are asked for. */
export function gitRoutes(options: GitOptions): Router {
  const router = Router()
  const budget = new ByteBudget(options.ingest.limits.queuedBytes)
  for (const provider of PROVIDERS) {
    router.post(`/v1/webhooks/${provider.name}`, (request, response, next) => {
      take(provider, options, budget, request, response).catch((error) => {
        if (error instanceof HttpError) sendError(response, error)
        else if (error instanceof BusyError) sendError(response, tooBusy(error))
        else next(error)
      })
    })
  }
  return router
}

async function take(provider: Provider, options: GitOptions, budget: ByteBudget, request: Request, response: Response) {
  const { ingest } = options
  const { bytes, held } = await readBody(request, ingest.limits, budget)
  try {
    const secret = options.secrets.find(
      (each) => each.provider === provider.name && provider.isGenuine(bytes, request.headers, each.secret),
    )
    if (secret === undefined) {
      throw new HttpError(401, 'AM5030', `The webhook is not signed with a secret known here for ${provider.name}.`)
    }
    const change = provider.read(provider.eventOf(request.headers), read(parse(bytes, request)))
    if (change === null || !isWhole(change)) return void response.json(answer({ ignored: 1 }))
    const org =
      secret.org ?? (await options.resolveOrg?.({ provider: provider.name, repository: change.repository.name }))
    if (org === undefined || org === null) {
      throw new HttpError(403, 'AM7026', `The repository ${change.repository.name} belongs to no tenant here.`)
    }
    response.json(await store(provider, ingest, org, digestOf(bytes), change))
  } finally {
    budget.give(held)
  }
}

async function store({ name }: Provider, ingest: Ingest, org: string, digest: string, change: Change) {
  const isTold = change.kind === 'push' || attribute(change) !== null
  if (!isTold && (await isStored(ingest.warehouse, org, name, digest))) return answer({ duplicates: 1 })
  const known = isTold ? null : await knownBranch(ingest.warehouse, org, name, change)
  const events = toEvents({ provider: name, digest, change, known })
  if (events.length === 0) return answer({ ignored: 1 })
  const results = await ingest.accept(org, events, { origin: `webhook/${name}` })
  const count = (status: string) => results.filter((result) => result.status === status).length
  return answer({ accepted: count('accepted'), duplicates: count('duplicate'), rejected: count('rejected') })
}

const answer = (counts: Readonly<Record<string, number>>) => ({
  accepted: 0,
  duplicates: 0,
  rejected: 0,
  ignored: 0,
  ...counts,
})

function parse(bytes: Buffer, request: Request): unknown {
  const text = bytes.toString('utf8')
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  try {
    return JSON.parse(isForm ? (new URLSearchParams(text).get('payload') ?? '') : text)
  } catch {
    throw new HttpError(400, 'AM7024', 'The body is not JSON.')
  }
}

const isWhole = (change: Change) =>
  change.time !== '' && change.repository.name !== '' && (change.kind === 'push' || change.number > 0)

const tooBusy = ({ message, retryAfter }: BusyError) =>
  new HttpError(429, 'AM7023', message, { 'Retry-After': String(retryAfter) })
