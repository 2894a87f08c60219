import type { NextFunction, Request, Response } from 'express'
import type { Manifest } from '../compiler/index.ts'
import type { QueryDefinition } from '../definitions/index.ts'
import { type AdmittedQuery, createGuard } from './access/guard.ts'
import { createVisibility } from './access/visibility.ts'
import type { QueryAnswer, Served, SqlAnswer } from './answers/answer.ts'
import { AnswerCache } from './answers/answer-cache.ts'
import { createDependencies, modelsBehind, versionKey } from './answers/dependencies.ts'
import { mergeRows, orderRows } from './answers/merge-rows.ts'
import { readySql, runReady } from './answers/run-query.ts'
import { describeColumns, type Row, shapeRows } from './answers/shape-answer.ts'
import { createCompiler } from './cube/compiler.ts'
import type { CubeRequest } from './cube/cube-request.ts'
import { dialectClass } from './cube/dialect.ts'
import { createGateway } from './cube/gateway.ts'
import { cubeModel } from './cube-model/index.ts'
import { indexManifest } from './cube-model/model-index.ts'
import { describeViews, type ViewMeta } from './meta.ts'
import { closeRange, rangeOf } from './query/close-range.ts'
import { planQuery, type QueryPlan, type ViewQuery } from './query/plan-query.ts'
import { createRollups, type RollupReport } from './rollups/rollups.ts'
import type { SecurityContext } from './security-context.ts'
import type { SemanticLayerOptions } from './semantic-layer.ts'

/** One compiled project with its caches; a swap puts another in its place. */
export interface LiveModel {
  readonly manifest: Manifest
  query(query: QueryDefinition, context: SecurityContext, signal?: AbortSignal): Promise<QueryAnswer>
  sql(query: QueryDefinition, context: SecurityContext): Promise<SqlAnswer>
  meta(context: SecurityContext): readonly ViewMeta[]
  refresh(): Promise<readonly RollupReport[]>
  handle(request: Request, response: Response, context: SecurityContext, next: NextFunction): void
  /** Resolves when nothing runs in the background any more. */
  idle(): Promise<void>
}

export async function openModel(options: SemanticLayerOptions, manifest: Manifest): Promise<LiveModel> {
  const { warehouse } = options
  const index = indexManifest(manifest)
  const visible = createVisibility(index)
  const dependencies = createDependencies(manifest)
  const relations = new Map<string, readonly string[]>()
  const relationsOf = (view: string) => {
    const known = relations.get(view)
    if (known !== undefined) return known
    const all = modelsBehind(index, view).flatMap((model) => dependencies(index.model(model).relation))
    const answer = [...new Set(all)].sort()
    relations.set(view, answer)
    return answer
  }
  const cache = new AnswerCache<QueryAnswer>(options.cacheSize ?? 2_000_000)
  const ranges = new AnswerCache<readonly [string, string] | null>(20_000)

  const guard = createGuard(index, visible, async (query, view, metrics) => {
    if (!metrics.some((metric) => metric.leaves.some((leaf) => leaf.window !== null))) return query
    return closeGatewayRange(query, view)
  })
  const compiler = createCompiler(
    cubeModel(manifest, warehouse.dialect, index),
    dialectClass(warehouse.dialect, manifest.project),
    guard,
  )
  await compiler.ready()

  let background: Promise<unknown> = Promise.resolve()
  let refreshing = false
  const rollups = createRollups(index, compiler, warehouse, () => {
    if (options.rollups === 'manual' || refreshing) return
    refreshing = true
    background = rollups.refresh().finally(() => {
      refreshing = false
    })
  })
  const run = async (view: string, request: CubeRequest, signal?: AbortSignal) =>
    runReady(warehouse, compiler, request, await readySql(compiler, rollups, view, request), signal)

  /** First and last local time of the rows that a request reads. */
  async function bounds(view: string, request: CubeRequest): Promise<readonly [string, string] | null> {
    const asked = rangeOf(index, view, request)
    const versions = versionKey(relationsOf(view), await warehouse.dataVersions())
    const key = `${versions} ${JSON.stringify(asked)}`
    const known = versions === null ? undefined : ranges.get(key)
    if (known !== undefined) return known
    const { result } = await run(view, asked)
    const [first, last] = result.rows[0] ?? []
    const found = typeof first === 'string' && typeof last === 'string' ? ([first, last] as const) : null
    if (versions !== null) ranges.set(key, found, 2)
    return found
  }

  async function closeGatewayRange(query: AdmittedQuery, view: string): Promise<AdmittedQuery> {
    const request: CubeRequest = { ...query, order: [], limit: null, rowLimit: null }
    const time = index.stack(view) === undefined ? index.model(view).timeDimension : 'time'
    const closed = await closeRange(request, `${view}.${time}`, { from: undefined, to: undefined }, () =>
      bounds(view, request),
    )
    return closed === null ? query : { ...query, timeDimensions: closed.timeDimensions }
  }

  async function closed(part: ViewQuery): Promise<CubeRequest | null> {
    if (part.openRange === null || part.time === null) return part.request
    return closeRange(part.request, part.time, part.openRange, () => bounds(part.view, part.request))
  }

  async function answer(plan: QueryPlan, signal?: AbortSignal): Promise<QueryAnswer> {
    const parts = await Promise.all(
      plan.parts.map(async (part) => {
        const request = await closed(part)
        if (request === null) return { rows: [] as Row[], served: null }
        const result = await run(part.view, request, signal)
        return { rows: shapeRows(plan, part.members, result), served: result.served }
      }),
    )
    const [first] = parts
    const together =
      parts.length === 1 && first !== undefined
        ? first.rows
        : mergeRows(
            plan,
            parts.map((part) => part.rows),
          )
    const rows = parts.length === 1 ? together : orderRows(plan, together).map((row) => onlyColumns(plan, row))
    return {
      columns: describeColumns(index, plan),
      rows,
      served: mergeServed(parts.map((part) => part.served)),
      cached: false,
    }
  }

  const gateway = createGateway(compiler, warehouse.dialect.name, {
    prepare: (request) => readySql(compiler, rollups, viewOf(request), request),
    run: (request, prepared) => runReady(warehouse, compiler, request, prepared),
  })

  return {
    manifest,
    query: async (query, context, signal) => {
      const plan = planQuery(index, visible(context.role), query, context)
      const used = [...new Set(plan.parts.flatMap((part) => relationsOf(part.view)))]
      const versions = versionKey(used, await warehouse.dataVersions())
      if (versions === null) return answer(plan, signal)
      const key = `${versions} ${JSON.stringify([plan.columns.map((column) => column.name), plan.order, plan.limit, plan.having, plan.parts.map((part) => [part.request, part.members, part.openRange])])}`
      const known = cache.get(key)
      if (known !== undefined) return { ...known, cached: true }
      const fresh = await answer(plan, signal)
      cache.set(key, fresh, (fresh.rows.length + 1) * fresh.columns.length)
      return fresh
    },
    sql: async (query, context) => {
      const plan = planQuery(index, visible(context.role), query, context)
      const parts = await Promise.all(
        plan.parts.map(async (part) => {
          const request = await closed(part)
          return request === null ? null : readySql(compiler, rollups, part.view, request)
        }),
      )
      const ready = parts.flatMap((part) => part ?? [])
      return {
        statements: ready.map(({ sql, params }) => ({ sql, params })),
        served: mergeServed(ready.map((part) => part.served)),
      }
    },
    meta: (context) => describeViews(index, visible(context.role)),
    refresh: () => rollups.refresh(),
    handle: (request, response, context, next) => gateway(request, response, context, next),
    idle: async () => {
      await background
    },
  }
}

function mergeServed(parts: readonly (Served | null)[]): Served {
  const all = parts.flatMap((part) => part ?? [])
  const names = all.flatMap((part) => part.rollup ?? [])
  const skipped = all.flatMap((part) => part.skipped).filter((skip) => !names.includes(skip.rollup))
  return {
    rollup: names.length === 0 ? null : [...new Set(names)].join(', '),
    skipped: [...new Map(skipped.map((skip) => [skip.rollup, skip])).values()],
  }
}

const onlyColumns = (plan: QueryPlan, row: Row): Row =>
  Object.fromEntries(
    plan.columns.filter((column) => !column.hidden).map((column) => [column.name, row[column.name] ?? null]),
  )

const viewOf = ({ measures, dimensions, timeDimensions }: CubeRequest): string =>
  ([...measures, ...dimensions, ...timeDimensions.map((time) => time.dimension)][0] ?? '').split('.')[0] ?? ''
