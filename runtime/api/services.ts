import type { Alerts } from '../alerts/index.ts'
import type { Delivery } from '../channels/index.ts'
import type { Manifest } from '../compiler/index.ts'
import type { ResolvedConfig } from '../config/index.ts'
import type { Seeded, SeedOptions } from '../demo/index.ts'
import type { Diagnostic } from '../diagnostics/index.ts'
import type { Caller, Identity } from '../identity/index.ts'
import type { Intake } from '../ingest/index.ts'
import type { UsageRecorder } from '../ingest/usage/index.ts'
import type { Changes } from '../preview/index.ts'
import type { Reports } from '../reports/index.ts'
import type { RetentionReport } from '../retention/index.ts'
import type { SecurityContext, SemanticLayer } from '../semantic/index.ts'
import type { Store } from '../store/index.ts'
import type { TestResult } from '../testing/index.ts'
import type { BuildMeasures, BuildProgress, BuildReport, Warehouse } from '../warehouse/index.ts'

/** The running project: what routes call. */
export interface Services {
  readonly config: ResolvedConfig
  readonly warehouse: Warehouse
  readonly semantic: SemanticLayer
  readonly store: Store
  readonly identity: Identity
  readonly alerts: Alerts
  /** Sends messages over channels. */
  readonly delivery: Delivery
  readonly reports: Reports
  /** The definitions that are live. */
  manifest(): Manifest
  /** The caller with the attributes that access rules compare with. */
  contextOf(caller: Pick<Caller, 'org' | 'role' | 'user'>): Promise<SecurityContext>
  /** The tenant, where there is but one; fails with the list of them otherwise. */
  onlyTenant(): Promise<string | null>
  /** The files as they are now: what is wrong with them, and a semantic layer over them beside the live one. */
  check(): Promise<Checked>
  /** Runs unit tests of the live definitions on given rows, in memory. */
  runTests(names: readonly string[]): Promise<readonly TestResult[]>
  /** What pages follow while definitions are edited, and which version they show. */
  readonly changes: Changes
  draft(): Promise<{ readonly layer: SemanticLayer; readonly errors: number }>
  /** Puts the files as they are now live, if they have no errors, and builds their models. */
  build(options: BuildOptions): Promise<BuildReport>
  /** What builds of this process took. */
  buildMeasures(): BuildMeasures
  /** Deletes what is older than it may become. */
  retain(options: { readonly dryRun: boolean }): Promise<RetentionReport>
  seedDemo(options: SeedOptions): Promise<Seeded>
  /** The ways of events into the warehouse; opened when the first one comes. */
  intake(): Promise<Intake>
  /** The same where one came already. */
  openIntake(): Promise<Intake> | undefined
  /** What people do with the dashboard, as events. */
  readonly usage: UsageRecorder
}

export interface Checked {
  readonly diagnostics: readonly Diagnostic[]
  readonly counts: Readonly<Record<string, number>>
}

export interface BuildOptions {
  readonly select?: readonly string[]
  readonly fullRefresh?: boolean
  readonly onProgress?: (progress: BuildProgress) => void
}
