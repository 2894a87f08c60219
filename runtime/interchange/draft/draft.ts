import type { CompositeMetric, SemanticModel } from '../../definitions/index.ts'
import type { Loss } from './loss.ts'

/** Definitions on their way into a project, not checked yet. */
export interface Draft {
  readonly models: readonly SemanticModel[]
  readonly metrics: readonly CompositeMetric[]
  /** Files of models/. */
  readonly sqlModels: readonly SqlModel[]
  readonly losses: readonly Loss[]
  /** What is worth a look though nothing is lost. */
  readonly notes: readonly string[]
}

export interface SqlModel {
  readonly name: string
  readonly sql: string
}

/** Leaves out keys without a value. */
export function filled<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined | null> } {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null && item !== '')
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined | null> }
}
