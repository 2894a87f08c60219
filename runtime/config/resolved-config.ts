import type { ProjectConfig } from './schema.ts'

export type WarehouseConfig =
  | {
      readonly type: 'duckdb'
      /** Absolute, or `:memory:`. */
      readonly path: string
      readonly memoryLimit: string | null
      readonly threads: number | null
      readonly connections: number
    }
  | { readonly type: 'postgres'; readonly url: string; readonly schema: string; readonly connections: number }

export interface Age {
  readonly count: number
  readonly unit: 'day' | 'week' | 'month' | 'year'
}

/** The configuration with defaults filled in, the environment read and paths absolute. */
export interface ResolvedConfig {
  /** Absolute path of the project. */
  readonly dir: string
  /** Configuration file, relative to `dir`. */
  readonly file: string
  readonly name: string
  readonly warehouse: WarehouseConfig
  /** Null where everything belongs to one tenant. */
  readonly tenancy: { readonly key: string } | null
  readonly timezone: string
  readonly weekStart: 'monday' | 'sunday'
  readonly identity: {
    readonly relation: string
    readonly key: string
    readonly attributes: Readonly<Record<string, string>>
    /** Where people are found by e-mail address; null where the warehouse has none. */
    readonly people: { readonly relation: string; readonly key: string; readonly email: string } | null
  } | null
  readonly store: { readonly path: string } | { readonly url: string }
  readonly server: { readonly port: number; readonly host: string; readonly url: string | null }
  /** Absolute path of the module that generates demo data. */
  readonly demo: string | null
  readonly ingest: NonNullable<ProjectConfig['ingest']>
  readonly mail: { readonly smtp: NonNullable<ProjectConfig['mail']>['smtp']; readonly from: string | null } | null
  /** Where changes made in the browser are proposed; null where that is not set up. */
  readonly pullRequests: {
    readonly provider: 'github' | 'gitlab'
    readonly repository: string
    readonly token: string
    readonly base: string
    /** Folder of the project within the repository, without slashes around it. */
    readonly path: string
    readonly api: string
  } | null
  /** How old data becomes; null keeps all. */
  readonly retention: { readonly events: Age | null; readonly aggregates: Age | null }
  readonly delivery: { readonly allowInternal: readonly string[]; readonly attempts: number }
}
