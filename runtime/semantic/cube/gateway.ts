import { ApiGateway, CubejsHandlerError } from '@cubejs-backend/api-gateway'
import express, { type ErrorRequestHandler, type NextFunction, type Request, type Response } from 'express'
import type { RunResult } from '../answers/run-query.ts'
import type { SecurityContext } from '../security-context.ts'
import type { CubeCompiler } from './compiler.ts'
import type { CubeRequest } from './cube-request.ts'

type Handler = (request: Request, response: Response, context: SecurityContext, next: NextFunction) => void
type Run = (request: CubeRequest) => Promise<RunResult>

const OPEN = /^\/(v1\/(load|sql|meta|dry-run)|graphql)\/?$/
const CONTEXT = Symbol('security context')
type WithContext = Request & { [CONTEXT]?: SecurityContext; securityContext?: SecurityContext }

/** Cube's REST and GraphQL routes over our compiler and our way of running queries. Nothing else of Cube's is open. */
export function createGateway(compiler: CubeCompiler, engine: string, run: Run): Handler {
  const app = express()
  app.disable('x-powered-by')
  app.use((request, response, next) => {
    if (OPEN.test(request.path)) next()
    else response.status(404).json({ error: 'Not found' })
  })
  app.use(express.json({ limit: '1mb' }))
  const adapter = { executeQuery: (body: { readonly request: CubeRequest }) => execute(run, engine, body.request) }
  const gateway = new ApiGateway(
    'unused',
    (async () => compiler.api) as never,
    (async () => adapter) as never,
    () => undefined,
    {
      standalone: true,
      dataSourceStorage: {} as never,
      basePath: '',
      refreshScheduler: (() => undefined) as never,
      scheduledRefreshContexts: async () => [],
      scheduledRefreshTimeZones: (async () => ['UTC']) as never,
      contextToApiScopes: async () => ['graphql', 'meta', 'data', 'sql'],
      checkAuth: async (request: unknown) => {
        const { [CONTEXT]: context } = request as WithContext
        if (context === undefined) throw new CubejsHandlerError(403, 'Forbidden', 'Not signed in')
        const known = request as WithContext
        known.securityContext = context
      },
    } as never,
  )
  gateway.initApp(app)
  app.use((gateway as unknown as { readonly handleErrorMiddleware: ErrorRequestHandler }).handleErrorMiddleware)
  return (request, response, context, next) => {
    const known = request as WithContext
    known[CONTEXT] = context
    app(request, response, next)
  }
}

async function execute(run: Run, engine: string, request: CubeRequest): Promise<object> {
  const { result, served } = await run(request)
  const names = result.columns.map((column) => column.name)
  const data = result.rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? null])))
  const used = served.rollup === null ? {} : { [served.rollup]: { preAggregationId: served.rollup, type: 'rollup' } }
  return {
    data,
    lastRefreshTime: new Date(),
    usedPreAggregations: used,
    dataSource: 'default',
    dbType: engine,
    external: false,
    slowQuery: false,
  }
}
