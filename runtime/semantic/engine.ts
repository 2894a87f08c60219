import type { Warehouse } from '../warehouse/index.ts'
import type { CubeCompiler } from './cube/compiler.ts'
import type { CubeRequest } from './cube/cube-request.ts'
import type { ModelIndex } from './cube-model/model-index.ts'
import type { Rollups } from './rollups/rollups.ts'

/** Everything that answers questions to one compiled project. */
export interface Engine {
  readonly index: ModelIndex
  readonly warehouse: Warehouse
  readonly compiler: CubeCompiler
  readonly rollups: Rollups
  /** Versions of all data behind some views as a key; null where part of it changes without telling. */
  versionsOf(views: readonly string[]): Promise<string | null>
  /** First and last instant of the rows that a request to a view reads, in UTC; null where it reads none. */
  bounds(view: string, request: CubeRequest): Promise<readonly [string, string] | null>
}
