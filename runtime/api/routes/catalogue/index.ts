import { createHash } from 'node:crypto'
import { type Request, type Response, Router } from 'express'
import { fail, suggest } from '../../../diagnostics/index.ts'
import { callerOf, needScope } from '../../authenticate.ts'
import { createEncoder, isKnown } from '../../encoded.ts'
import type { Services } from '../../services.ts'
import { viewOf } from '../describe/view.ts'
import { route } from '../route.ts'
import { type CatalogueEntry, entriesOf } from './entries.ts'
import { describeEntry } from './entry.ts'
import { createLineageMemory } from './lineage.ts'
import { createTestRuns } from './test-runs.ts'

/** `GET /catalogue` lists all that is defined and may be seen; each entry tells everything about itself. */
export function catalogueRoutes(services: Services): Router {
  const router = Router()
  const send = createEncoder()
  const lineage = createLineageMemory()
  const tests = createTestRuns(services)
  const entriesFor = (response: Response) =>
    entriesOf(viewOf(services.manifest(), { ...callerOf(response), attributes: {} }))
  const answer = (request: Request, response: Response, body: unknown) => {
    const text = JSON.stringify(body)
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 20)}"`
    response.type('json').setHeader('Cache-Control', 'private, no-cache')
    response.vary('Cookie').vary('Authorization').setHeader('ETag', etag)
    if (isKnown(request, etag)) return void response.status(304).end()
    return send(request, response, etag, text)
  }
  const wanted = (request: Request, response: Response) =>
    entryNamed(entriesFor(response), String(request.params.kind), String(request.params.name))
  router.get(
    '/catalogue',
    needScope('query'),
    route((request, response) => answer(request, response, { entries: entriesFor(response) })),
  )
  router.get(
    '/catalogue/:kind/:name',
    needScope('query'),
    route(async (request, response) => {
      const entry = wanted(request, response)
      const context = await services.contextOf(callerOf(response))
      const view = viewOf(services.manifest(), context)
      const graph = await lineage(services.manifest())
      await answer(request, response, await describeEntry(entry, { services, view, graph, tests }))
    }),
  )
  router.post(
    '/catalogue/:kind/:name/tests',
    needScope('query'),
    route(async (request, response) => {
      const entry = wanted(request, response)
      const names = tests.of(services.manifest(), entry)
      await tests.run(names)
      response.json({ tests: tests.results(services.manifest(), names) })
    }),
  )
  return router
}

function entryNamed(entries: readonly CatalogueEntry[], kind: string, name: string): CatalogueEntry {
  const found = entries.find((entry) => entry.kind === kind && entry.name === name)
  if (found !== undefined) return found
  const names = entries.filter((entry) => entry.kind === kind).map((entry) => entry.name)
  return fail('AM5048', `The catalogue has no ${kind} \`${name}\` that you may see.`, {
    hint: suggest(name, names) ?? 'GET /api/v1/catalogue lists what there is.',
  })
}
