import type { SqlFile } from '../../definitions/index.ts'
import type { Broken } from './broken.ts'
import type { Declarations } from './declarations.ts'
import type { Report } from './report.ts'

/** What of the configuration the manifest depends on. */
export interface CompileConfig {
  readonly name: string
  readonly warehouse: { readonly type: 'duckdb' | 'postgres' }
  readonly tenancy: { readonly key: string } | null
  readonly timezone: string
  readonly weekStart: 'monday' | 'sunday'
  readonly identity?: { readonly attributes: Readonly<Record<string, string>> } | null
}

/** What every part of the compiler works on. */
export interface Project {
  readonly config: CompileConfig
  /** `YYYY-MM-DD`: what is due on it depends on the day. */
  readonly today: string
  readonly declarations: Declarations
  readonly sqlFiles: readonly SqlFile[]
  readonly templates: Readonly<Record<string, string>>
  readonly broken: Broken
  /** Every metric that is declared, the broken ones included. */
  readonly metricNames: ReadonlySet<string>
  readonly report: Report
}
