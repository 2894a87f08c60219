import { createHash } from 'node:crypto'
import { Router } from 'express'
import type { Manifest } from '../../compiler/index.ts'
import type { SecurityContext } from '../../semantic/index.ts'
import { callerOf, needScope } from '../authenticate.ts'
import { createEncoder, isKnown } from '../encoded.ts'
import type { Services } from '../services.ts'
import { describeProject, todayIn } from './describe/describe-project.ts'
import { freshnessRoutes } from './freshness.ts'
import { modelFreshnessRoutes } from './model-freshness.ts'
import { route } from './route.ts'

/** `GET /project`: what the caller may see of the dashboards and metrics; the pages are generated from it. */
export function projectRoutes(services: Services): Router {
  const router = Router()
  const describe = createDescriber()
  const send = createEncoder()
  router.get(
    '/project',
    needScope('query'),
    route(async (request, response) => {
      const { account, ...caller } = callerOf(response)
      const { org, role, user } = caller
      const name = account?.name ?? account?.email ?? null
      const { text, version } = describe(services.manifest(), { org, role, user, attributes: {} })
      const shown = JSON.stringify({ org, role, user, name })
      const etag = `"${hash(`${version} ${shown}`)}"`
      response.type('json').setHeader('Cache-Control', 'private, no-cache')
      response.vary('Cookie').vary('Authorization').setHeader('ETag', etag)
      if (isKnown(request, etag)) return void response.status(304).end()
      await send(request, response, etag, `${text.slice(0, -1)},"caller":${shown}}`)
    }),
  )
  router.use(freshnessRoutes(services), modelFreshnessRoutes(services))
  return router
}

interface Described {
  readonly text: string
  readonly version: string
}

/** Describes the project once a day for each role: what is shown of it depends on nothing else of the caller. */
function createDescriber() {
  let known: { readonly manifest: Manifest; readonly today: string; readonly roles: Map<string, Described> } | undefined
  return (manifest: Manifest, context: SecurityContext): Described => {
    const today = todayIn(manifest.project.timezone)
    if (known?.manifest !== manifest || known.today !== today) known = { manifest, today, roles: new Map() }
    const found = known.roles.get(context.role)
    if (found !== undefined) return found
    const text = JSON.stringify(describeProject(manifest, context))
    const described = { text, version: hash(text) }
    known.roles.set(context.role, described)
    return described
  }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 20)
