import { createHash } from 'node:crypto'
import { Router } from 'express'
import type { Manifest } from '../../compiler/index.ts'
import { needScope } from '../authenticate.ts'
import type { Services } from '../services.ts'
import { route } from './route.ts'

/** `GET /freshness`: a text that changes with the data and one that changes with the definitions; pages ask again then. */
export function freshnessRoutes(services: Services, now: () => Date = () => new Date()): Router {
  const router = Router()
  const data = createFollower(services, now)
  const definitions = createStamp()
  router.get(
    '/freshness',
    needScope('query'),
    route(async (_request, response) => {
      response.setHeader('Cache-Control', 'no-store')
      const { version, changedAt } = await data()
      response.json({
        data: version,
        definitions: definitions(services.manifest()),
        changed_at: changedAt,
        now: now().toISOString(),
        // Pages follow edits and versions only where there are any.
        mode: services.changes.mode(),
      })
    }),
  )
  return router
}

/** The version of all data and when it came: as it was seen to change, before that as the models were built last. */
function createFollower({ warehouse }: Services, now: () => Date) {
  let known: { readonly version: string; readonly changedAt: string | null } | undefined
  return async () => {
    const versions = await warehouse.dataVersions()
    const version = hash(JSON.stringify([...versions].sort(([a], [b]) => (a < b ? -1 : 1))))
    if (known === undefined) known = { version, changedAt: await builtAt(warehouse) }
    else if (known.version !== version) known = { version, changedAt: now().toISOString() }
    return known
  }
}

async function builtAt(warehouse: Services['warehouse']): Promise<string | null> {
  try {
    const { rows } = await warehouse.query('SELECT max(built_at) FROM _metrics.relations')
    return typeof rows[0]?.[0] === 'string' ? rows[0][0] : null
  } catch {
    // Nothing was ever built here.
    return null
  }
}

/** A manifest is one object until it is replaced, so it is read but once. */
function createStamp() {
  let known: { readonly manifest: Manifest; readonly stamp: string } | undefined
  return (manifest: Manifest) => {
    if (known?.manifest !== manifest) known = { manifest, stamp: hash(JSON.stringify(manifest)) }
    return known.stamp
  }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16)
