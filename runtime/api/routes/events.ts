import express, { type Request, type RequestHandler, type Router } from 'express'
import { fail } from '../../diagnostics/index.ts'
import { gitRoutes, gitSecrets } from '../../ingest/git/index.ts'
import { type IngestCaller, ingestRoutes } from '../../ingest/index.ts'
import { telemetryRoutes, telemetrySettings } from '../../ingest/telemetry/index.ts'
import { callerOf, isLocal } from '../authenticate.ts'
import type { Services } from '../services.ts'

const PATHS = /^\/(v1\/(events|metrics|logs|traces)|schemas\/events)(\/|$)/
const WEBHOOKS = /^\/v1\/webhooks\//

/** POST /v1/events, OTLP at /v1/metrics|logs|traces and the schemas of events. */
export function eventRoutes(services: Services, onBug: (error: unknown) => void): RequestHandler {
  const settings = telemetrySettings(services.config.ingest.telemetry)
  return onFirstUse(PATHS, async () => {
    const { ingest, sink } = await services.intake()
    const permit = (request: Request) => permitOf(services, request)
    return express.Router().use(ingestRoutes(sink, permit), telemetryRoutes({ ingest, permit, settings, onBug }))
  })
}

/** POST /v1/webhooks/github|gitlab|bitbucket: their senders prove themselves by a secret of their own. */
export function webhookRoutes(services: Services): RequestHandler {
  const secrets = gitSecrets(services.config.ingest.git)
  if (secrets.length === 0) return noWebhooks
  return onFirstUse(WEBHOOKS, async () => gitRoutes({ ingest: (await services.intake()).ingest, secrets }))
}

/** Senders of webhooks have no key: asking them for one would lead whoever sets them up astray. */
const noWebhooks: RequestHandler = (request, _response, next) => {
  if (!WEBHOOKS.test(request.path)) return next()
  fail('AM5034', 'This server takes no webhooks yet.', {
    hint: "Add `ingest: { git: [{ provider: 'github', secret: process.env.GITHUB_WEBHOOK_SECRET }] }` to metrics.config.ts.",
  })
}

/** A project that takes no events needs no tables for them: routes come into being with the first request. */
function onFirstUse(paths: RegExp, create: () => Promise<Router>): RequestHandler {
  let routes: Promise<Router> | undefined
  return (request, response, next) => {
    if (!paths.test(request.path)) return next()
    routes ??= create()
    routes.then(
      (router) => router(request, response, next),
      (error: unknown) => {
        routes = undefined
        next(error)
      },
    )
  }
}

/** Commands on this machine may send for any tenant, and say for which: `?org=`. */
async function permitOf(services: Services, request: Request): Promise<IngestCaller> {
  const { res } = request
  if (res === undefined) throw new Error('a request without its response')
  const caller = callerOf(res)
  const named = isLocal(caller) && typeof request.query.org === 'string' ? request.query.org : null
  const org = caller.org ?? named ?? (services.config.tenancy === null ? services.config.name : null)
  return { org: org ?? (await onlyTenant(services)), scopes: caller.scopes }
}

async function onlyTenant(services: Services): Promise<string> {
  const org = await services.onlyTenant()
  if (org === null) throw new Error('a project with tenants has no only one')
  return org
}
