import { Router } from 'express'
import type { Manifest } from '../../compiler/index.ts'
import type { SecurityContext } from '../../semantic/index.ts'
import { relationSql, type Warehouse } from '../../warehouse/index.ts'
import { callerOf, needScope } from '../authenticate.ts'
import type { Services } from '../services.ts'
import { route } from './route.ts'

type Model = Manifest['models'][number]

interface ModelFreshness {
  readonly name: string
  readonly label: string
  readonly relation: string
  readonly builtAt: string | null
  /** Rows of the tenant, and the newest time among them. */
  readonly rows: number | null
  readonly newest: string | null
}

/** `GET /models/freshness`: when what each semantic model reads was built, and how far its rows reach. */
export function modelFreshnessRoutes(services: Services): Router {
  const router = Router()
  router.get(
    '/models/freshness',
    needScope('query'),
    route(async (_request, response) => {
      const context = await services.contextOf(callerOf(response))
      const { models, project } = services.manifest()
      const built = await builtTimes(services.warehouse)
      const measured = await Promise.all(
        models.map((model) => measure(model, { services, context, tenantKey: project.tenantKey, built })),
      )
      response.setHeader('Cache-Control', 'no-store')
      response.json({ models: measured })
    }),
  )
  return router
}

interface Measuring {
  readonly services: Services
  readonly context: SecurityContext
  readonly tenantKey: string | null
  readonly built: ReadonlyMap<string, string>
}

async function measure(model: Model, { services, context, tenantKey, built }: Measuring): Promise<ModelFreshness> {
  const { name, label, relation } = model
  const facts = { name, label, relation, builtAt: built.get(relation) ?? null }
  const { warehouse } = services
  if ((await warehouse.describe(relation)).length === 0) return { ...facts, rows: null, newest: null }
  const { quote } = warehouse.dialect
  const time = timeSql(model, quote)
  const isTenant = model.tenant && tenantKey !== null
  const where = isTenant ? ` WHERE ${quote(tenantKey)} = $1` : ''
  const sql = `SELECT count(*), ${time === null ? 'NULL' : `max(${time})`} FROM ${relationSql(warehouse.dialect, relation)}${where}`
  const { rows } = await warehouse.query(sql, isTenant ? [context.org] : [])
  const [count, newest] = rows[0] ?? []
  // Who may see a part of the rows is not told how many there are.
  const isPartial = model.access.some(({ role, rows: rules }) => role === context.role && rules.length > 0)
  const shown = isPartial ? null : Number(count ?? 0)
  return { ...facts, rows: shown, newest: typeof newest === 'string' ? newest : null }
}

/** Only a plain column: expressions of models are for the semantic layer. */
function timeSql({ timeDimension, dimensions, columns }: Model, quote: (name: string) => string): string | null {
  const parts = dimensions.find(({ name }) => name === timeDimension)?.sql ?? []
  const [part] = parts
  if (parts.length !== 1 || part === undefined || !('text' in part)) return null
  const column = columns.find(({ name }) => name === part.text.replace(/^"(.*)"$/, '$1'))
  return column === undefined ? null : quote(column.name)
}

async function builtTimes(warehouse: Warehouse): Promise<ReadonlyMap<string, string>> {
  if ((await warehouse.describe('_metrics.relations')).length === 0) return new Map()
  const { rows } = await warehouse.query('SELECT relation, built_at FROM _metrics.relations')
  return new Map(rows.map(([relation, at]) => [String(relation), String(at)]))
}
