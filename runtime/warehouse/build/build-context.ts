import type { Warehouse } from '../driver.ts'
import type { BuildMemory } from './build-memory.ts'
import type { Ledger } from './ledger.ts'
import type { BuildGraph } from './plan/graph.ts'

/** What all steps of one build share. */
export interface BuildContext {
  readonly warehouse: Warehouse
  readonly graph: BuildGraph
  /** Absolute. */
  readonly projectDir: string
  readonly fullRefresh: boolean
  readonly lockTimeoutMs: number
  /** Schema of the models. */
  readonly schema: string
  readonly ledger: Ledger
  /** Relations of the warehouse, by `schema.name`. */
  readonly existing: ReadonlyMap<string, 'table' | 'view'>
  /** `schema.table` of sources by `group.table`. */
  readonly sources: ReadonlyMap<string, string>
  /** Nodes of this build that are not done yet. */
  readonly pending: ReadonlySet<string>
  /** Nodes of this build that are done and fine. */
  readonly built: ReadonlySet<string>
  /** Where given, models whose sources are what they were are left as they are. */
  readonly memory: BuildMemory | undefined
}

export interface Built {
  readonly rows: number | null
  readonly tests: number
  readonly notes: readonly string[]
}

/** How a relation is kept as of now; undefined where it does not exist. */
export function kindOf(context: BuildContext, relation: string): 'table' | 'view' | undefined {
  return context.existing.get(relation.includes('.') ? relation : `${context.schema}.${relation}`)
}
