import type { NextFunction, Request, Response } from 'express'
import type { Manifest } from '../compiler/index.ts'
import type { QueryDefinition } from '../definitions/index.ts'
import type { Warehouse } from '../warehouse/index.ts'
import { type AdmittedQuery, createGuard } from './access/guard.ts'
import { createVisibility } from './access/visibility.ts'
import type { QueryAnswer, SqlAnswer } from './answers/answer.ts'
import { sqlOfPlan } from './answers/answer-plan.ts'
import { createAnswers } from './answers/answers.ts'
import { createBounds } from './answers/data-bounds.ts'
import { createRelationsOf, versionKey } from './answers/dependencies.ts'
import { createPlans } from './answers/plans.ts'
import { readySql, runReady } from './answers/run-query.ts'
import { createWriter, type WrittenAnswer } from './answers/written-answer.ts'
import { createCompiler } from './cube/compiler.ts'
import type { CubeRequest } from './cube/cube-request.ts'
import type { Handler } from './cube/gateway.ts'
import { dialectClass } from './cube/sql/dialect.ts'
import { cubeModel } from './cube-model/index.ts'
import { indexManifest, type ModelIndex } from './cube-model/model-index.ts'
import { STACK_TIME } from './cube-model/names.ts'
import type { Engine } from './engine.ts'
import { describeViews, type ViewMeta } from './meta.ts'
import { closeRange } from './query/close-range.ts'
import { createRollups, type RollupReport, type Rollups } from './rollups/rollups.ts'
import type { SecurityContext } from './security-context.ts'
import type { SemanticLayerOptions } from './semantic-layer.ts'

/** One compiled project with its caches; a swap puts another in its place. */
export interface LiveModel {
  readonly manifest: Manifest
  query(query: QueryDefinition, context: SecurityContext, signal?: AbortSignal): Promise<QueryAnswer>
  read(query: QueryDefinition, context: SecurityContext, signal?: AbortSignal): Promise<WrittenAnswer>
  sql(query: QueryDefinition, context: SecurityContext): Promise<SqlAnswer>
  meta(context: SecurityContext): readonly ViewMeta[]
  refresh(): Promise<readonly RollupReport[]>
  handle(request: Request, response: Response, context: SecurityContext, next: NextFunction): void
  /** Resolves when nothing runs in the background any more. */
  idle(): Promise<void>
}

type Visible = ReturnType<typeof createVisibility>

export async function openModel(options: SemanticLayerOptions, manifest: Manifest): Promise<LiveModel> {
  const index = indexManifest(manifest)
  const visible = createVisibility(index)
  const { engine, idle } = openEngine(options, index, visible)
  await engine.compiler.ready()
  const answers = createAnswers(engine, options.cacheSize ?? 2_000_000)
  const plan = createPlans(index, visible)
  const write = createWriter()
  // Many ask, and what a role sees changes with the definitions only.
  const metas = new Map<string, readonly ViewMeta[]>()
  const keep = (role: string, meta: readonly ViewMeta[]) => {
    metas.set(role, meta)
    return meta
  }
  return {
    manifest,
    query: async (query, context, signal) => {
      const { answer, cached } = await answers(plan(query, context), signal)
      return cached ? { ...answer, cached } : answer
    },
    read: async (query, context, signal) => {
      const { answer, cached } = await answers(plan(query, context), signal)
      return write(answer, cached)
    },
    sql: async (query, context) => sqlOfPlan(engine, plan(query, context).plan),
    meta: ({ role }) => metas.get(role) ?? keep(role, describeViews(index, visible(role))),
    refresh: async () => {
      const reports = await engine.rollups.refresh()
      await engine.rollups.tidy()
      return reports
    },
    handle: lazyGateway(engine),
    idle,
  }
}

/** Cube's gateway brings GraphQL with it, which commands do not need. */
function lazyGateway(engine: Engine): Handler {
  let opened: Promise<Handler> | undefined
  const open = async () => {
    const { createGateway } = await import('./cube/gateway.ts')
    return createGateway(engine.compiler, engine.warehouse.dialect.name, {
      prepare: (request) => readySql(engine, viewOf(request), request),
      run: (request, prepared) => runReady(engine, request, prepared),
    })
  }
  return (request, response, context, next) => {
    opened ??= open()
    opened.then((handle) => handle(request, response, context, next), next)
  }
}

function openEngine(options: SemanticLayerOptions, index: ModelIndex, visible: Visible) {
  const { warehouse } = options
  const relationsOf = createRelationsOf(index)
  const bounds = createBounds(() => engine)
  const guard = createGuard(index, visible, async (query, view, metrics) => {
    const windowed = metrics.some((metric) => metric.leaves.some((leaf) => leaf.window !== null))
    return windowed ? closeAdmitted(index, bounds, query, view) : query
  })
  const files = cubeModel(index, warehouse.dialect)
  const compiler = createCompiler(files, dialectClass(warehouse.dialect, index.manifest.project), guard)
  const { rollups, idle } = openRollups(options, index, compiler, warehouse)
  const engine: Engine = {
    index,
    warehouse,
    compiler,
    rollups,
    bounds,
    versionsOf: async (views) => versionKey([...new Set(views.flatMap(relationsOf))], await warehouse.dataVersions()),
  }
  return { engine, idle }
}

/** Stored aggregates that build themselves anew in the background, one round at a time. */
function openRollups(
  options: SemanticLayerOptions,
  index: ModelIndex,
  compiler: Engine['compiler'],
  warehouse: Warehouse,
): { readonly rollups: Rollups; idle(): Promise<void> } {
  let running: Promise<void> | undefined
  const rollups = createRollups(index, compiler, warehouse, () => {
    if (options.rollups === 'manual' || running !== undefined) return
    running = rollups.refresh().then(() => {
      running = undefined
    })
  })
  return { rollups, idle: async () => running }
}

/** A query of Cube's clients with windows gets a range from the data where it has none. */
async function closeAdmitted(
  index: ModelIndex,
  bounds: Engine['bounds'],
  query: AdmittedQuery,
  view: string,
): Promise<AdmittedQuery> {
  const request: CubeRequest = { ...query, order: [], limit: null, rowLimit: null }
  const time = index.stack(view) === undefined ? index.model(view).timeDimension : STACK_TIME
  const open = { from: undefined, to: undefined }
  if (query.timeDimensions.some((asked) => asked.dateRange !== undefined)) return query
  const closed = closeRange(request, `${view}.${time}`, open, await bounds(view, request))
  return closed === null ? query : { ...query, timeDimensions: closed.timeDimensions }
}

const viewOf = ({ measures, dimensions, timeDimensions }: CubeRequest): string =>
  ([...measures, ...dimensions, ...timeDimensions.map((time) => time.dimension)][0] ?? '').split('.')[0] ?? ''
