import type { NextFunction, Request, Response } from 'express'
import type { Manifest } from '../compiler/index.ts'
import type { QueryDefinition } from '../definitions/index.ts'
import type { Warehouse } from '../warehouse/index.ts'
import type { QueryAnswer, SqlAnswer } from './answers/answer.ts'
import type { WrittenAnswer } from './answers/written-answer.ts'
import { type LiveModel, openModel } from './live-model.ts'
import type { ViewMeta } from './meta.ts'
import type { RollupReport } from './rollups/rollups.ts'
import type { SecurityContext } from './security-context.ts'

export interface QueryOptions {
  readonly signal?: AbortSignal | undefined
}

/** Answers questions in terms of metrics and dimensions. */
export interface SemanticLayer {
  query(query: QueryDefinition, context: SecurityContext, options?: QueryOptions): Promise<QueryAnswer>
  /** The same answer as it travels: written once for all callers with the same rights. */
  read(query: QueryDefinition, context: SecurityContext, options?: QueryOptions): Promise<WrittenAnswer>
  /** The SQL that `query` would run. */
  sql(query: QueryDefinition, context: SecurityContext): Promise<SqlAnswer>
  /** What the caller can ask for. */
  meta(context: SecurityContext): readonly ViewMeta[]
  manifest(): Manifest
  /** Puts another compiled project in the place of this one: all of it, or, where it does not compile, nothing. */
  swap(manifest: Manifest): Promise<void>
  /** Builds the stored aggregates that are missing or older than their data. */
  refresh(): Promise<readonly RollupReport[]>
  /** Cube's own routes (`/v1/load`, `/v1/sql`, `/v1/meta`, `/v1/dry-run`, `/graphql`), for its clients. */
  handle(request: Request, response: Response, context: SecurityContext, next: NextFunction): void
  close(): Promise<void>
}

export interface SemanticLayerOptions {
  readonly manifest: Manifest
  readonly warehouse: Warehouse
  /** `background`: a stored aggregate that is stale is built anew as soon as a query would have used it. */
  readonly rollups?: 'background' | 'manual'
  /** Values that cached answers may hold together. */
  readonly cacheSize?: number
}

/** Opens a compiled project over a warehouse. Throws where Cube does not take it. */
export async function createSemanticLayer(options: SemanticLayerOptions): Promise<SemanticLayer> {
  let live = await openModel(options, options.manifest)
  const closing = new Set<Promise<unknown>>()
  const track = <T>(work: Promise<T>): Promise<T> => {
    const done = work.finally(() => closing.delete(done))
    closing.add(done)
    return done
  }
  return {
    query: (query, context, settings = {}) => live.query(query, context, settings.signal),
    read: (query, context, settings = {}) => live.read(query, context, settings.signal),
    sql: (query, context) => live.sql(query, context),
    meta: (context) => live.meta(context),
    manifest: () => live.manifest,
    swap: async (manifest) => {
      const next: LiveModel = await openModel(options, manifest)
      live = next
    },
    refresh: () => track(live.refresh()),
    handle: (request, response, context, next) => live.handle(request, response, context, next),
    close: async () => {
      await Promise.allSettled([...closing, live.idle()])
    },
  }
}
