import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { ApiGateway } from '@cubejs-backend/api-gateway'
import { BaseDriver } from '@cubejs-backend/base-driver'
import { CompilerApi } from '@cubejs-backend/server-core/dist/src/core/CompilerApi.js'
import { OrchestratorApi } from '@cubejs-backend/server-core/dist/src/core/OrchestratorApi.js'
import express from 'express'
import type { Manifest } from '../../../runtime/compiler/index.ts'
import { supplyNative } from '../../../runtime/semantic/cube/native.ts'
import { dialectClass } from '../../../runtime/semantic/cube/sql/dialect.ts'
import { generateCubeFiles } from '../../../runtime/semantic/index.ts'
import { openWarehouse, type Warehouse } from '../../../runtime/warehouse/index.ts'

/** Cube as it comes, with its own gateway, orchestrator and cache in memory, over a DuckDB file: its own process. */
async function serveCube(manifestFile: string, path: string) {
  supplyNative()
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest
  const warehouse = await openWarehouse({ type: 'duckdb', path })
  const compiler = new StockCompiler(
    { localPath: () => '/', dataSchemaFiles: async () => [...generateCubeFiles(manifest, warehouse.dialect)] },
    async () => 'postgres',
    {
      dialectClass: (() => dialectClass(warehouse.dialect, manifest.project)) as never,
      allowNodeRequire: false,
      convertTzForRawTimeDimension: false,
      logger: () => undefined,
    } as never,
  )
  const driver = new Driver(warehouse)
  const orchestrator = new OrchestratorApi((async () => driver) as never, () => undefined, {
    contextToDbType: async () => 'postgres',
    contextToExternalDbType: () => undefined,
    cacheAndQueueDriver: 'memory',
    redisPrefix: 'bench',
    continueWaitTimeout: 60,
    queryCacheOptions: { refreshKeyRenewalThreshold: 120, queueOptions: () => ({ concurrency: 4 }) },
    preAggregationsOptions: { queueOptions: () => ({ concurrency: 1 }) },
  } as never)
  const gateway = new ApiGateway(
    '',
    (async () => compiler) as never,
    (async () => orchestrator) as never,
    () => undefined,
    {
      standalone: true,
      dataSourceStorage: {},
      basePath: '/cubejs-api',
      refreshScheduler: () => undefined,
      scheduledRefreshContexts: async () => [],
      scheduledRefreshTimeZones: async () => ['UTC'],
      contextToApiScopes: async () => ['meta', 'data'],
      checkAuth: async (request: { securityContext?: object }) => {
        request.securityContext = {}
      },
    } as never,
  )
  const app = express()
  gateway.initApp(app)
  const server = createServer(app)
  server.keepAliveTimeout = 65_000
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify(server.address())}\n`))
}

/** The native planner is not on the registry. */
class StockCompiler extends CompilerApi {
  override createQuery(...[compilers, dbType, dialect, query]: Parameters<CompilerApi['createQuery']>) {
    return super.createQuery(compilers, dbType, dialect, { ...query, useNativeSqlPlanner: false } as never)
  }
}

class Driver extends BaseDriver {
  readonly warehouse: Warehouse

  constructor(warehouse: Warehouse) {
    super()
    this.warehouse = warehouse
  }

  override async testConnection() {}

  override async query<R = unknown>(sql: string, values: unknown[] = []): Promise<R[]> {
    const { columns, rows } = await this.warehouse.query(sql, values)
    return rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null]))) as R[]
  }
}

const [manifestFile = '', path = ''] = process.argv.slice(2)
await serveCube(manifestFile, path)
