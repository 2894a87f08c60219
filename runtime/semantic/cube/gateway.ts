import { ApiGateway, CubejsHandlerError } from '@cubejs-backend/api-gateway'
import type { CompilerApi } from '@cubejs-backend/server-core/dist/src/core/CompilerApi.js'
import express, { type ErrorRequestHandler, type NextFunction, type Request, type Response } from 'express'
import type { Role } from '../../definitions/index.ts'
import type { ReadySql, RunResult } from '../answers/run-query.ts'
import type { SecurityContext } from '../security-context.ts'
import type { CubeCompiler } from './compiler.ts'
import type { CubeRequest } from './cube-request.ts'
import { refused } from './handler-error.ts'
import { refuseMalformed } from './query-shape.ts'

export type Handler = (request: Request, response: Response, context: SecurityContext, next: NextFunction) => void

/** How a request is turned into SQL, and how that is run. */
export interface Runner {
  prepare(request: CubeRequest): Promise<ReadySql>
  run(request: CubeRequest, prepared: ReadySql): Promise<RunResult>
}

const OPEN = /^\/(v1\/(load|sql|meta|dry-run)|graphql)\/?$/
const CONTEXT = Symbol('security context')
type WithContext = Request & { [CONTEXT]?: SecurityContext; securityContext?: SecurityContext }

/** Cube's REST and GraphQL routes over our compiler and our way of running queries. Nothing else of Cube's is open. */
export function createGateway(compiler: CubeCompiler, engine: string, runner: Runner): Handler {
  const app = express()
  app.disable('x-powered-by')
  app.use((request, response, next) => {
    if (OPEN.test(request.path)) next()
    else response.status(404).json({ error: 'Not found' })
  })
  app.use(express.json({ limit: '1mb' }))
  app.use(/^\/v1\/(load|sql|dry-run)\/?$/, refuseMalformed)
  const gateway = cubeGateway(compiler, engine, runner)
  gateway.initApp(app)
  const { handleErrorMiddleware } = gateway as unknown as { readonly handleErrorMiddleware: ErrorRequestHandler }
  app.use(handleErrorMiddleware)
  return (request, response, context, next) => {
    const known = request as WithContext
    known[CONTEXT] = context
    app(request, response, next)
  }
}

function cubeGateway(compiler: CubeCompiler, engine: string, runner: Runner): ApiGateway {
  const adapter = { executeQuery: (body: Body) => execute(runner, engine, body) }
  const apis = new Map<Role, CompilerApi>()
  const apiFor = async ({ securityContext: { role } }: { readonly securityContext: SecurityContext }) => {
    const api = apis.get(role) ?? roleApi(compiler.api, runner)
    apis.set(role, api)
    return api
  }
  const options = {
    standalone: true,
    dataSourceStorage: {},
    basePath: '',
    refreshScheduler: () => undefined,
    scheduledRefreshContexts: async () => [],
    scheduledRefreshTimeZones: async () => ['UTC'],
    contextToApiScopes: async () => ['graphql', 'meta', 'data', 'sql'],
    checkAuth: async (request: WithContext) => {
      const { [CONTEXT]: context } = request
      if (context === undefined) throw new CubejsHandlerError(403, 'Forbidden', 'Not signed in')
      request.securityContext = context
    },
  }
  return new ApiGateway('', apiFor as never, (async () => adapter) as never, () => undefined, options as never)
}

interface Body {
  readonly request: CubeRequest
  readonly prepared: ReadySql
}

/** The compiler as one role sees it: a GraphQL schema of its own, and SQL as it really runs. */
function roleApi(api: CompilerApi, runner: Runner): CompilerApi {
  let schema: unknown
  return Object.assign(Object.create(api) as CompilerApi, {
    getGraphQLSchema: () => schema,
    setGraphQLSchema: (made: unknown) => {
      schema = made
    },
    metaConfig: (context: never, options: object) =>
      api.metaConfig(context, { ...options, skipVisibilityPatch: false } as never),
    getSql: async (query: never, options: never) => {
      const request = query as unknown as CubeRequest
      const prepared = await runner.prepare(request).catch(refused)
      return { ...(await api.getSql(query, options)), sql: [prepared.sql, prepared.params], request, prepared }
    },
  })
}

async function execute(runner: Runner, engine: string, { request, prepared }: Body): Promise<object> {
  const { result, served } = await runner.run(request, prepared).catch(refused)
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
