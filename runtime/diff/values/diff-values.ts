import type { Manifest } from '../../compiler/index.ts'
import type { QueryDefinition } from '../../definitions/index.ts'
import { UserError } from '../../diagnostics/index.ts'
import { createSemanticLayer, type SecurityContext } from '../../semantic/index.ts'
import { build, type Warehouse } from '../../warehouse/index.ts'
import type { Change } from '../change.ts'
import { compareValues, type ValueDiff } from './compare-values.ts'
import { isolateModels } from './isolate-models.ts'
import { metricsInReach } from './metrics-in-reach.ts'

export interface ValueDiffOptions {
  readonly before: Manifest
  readonly after: Manifest
  readonly changes: readonly Change[]
  readonly warehouse: Warehouse
  readonly projectDir: string
  readonly context: SecurityContext
  /** What is asked of both versions, beside the metrics. */
  readonly query: Pick<QueryDefinition, 'by' | 'grain' | 'from' | 'to' | 'where'>
}

export interface MetricValues extends Partial<ValueDiff> {
  readonly metric: string
  /** Why it could not be compared. */
  readonly problem?: string
}

/** Schemas of the models that differ, while they are compared. The warehouse may hold either version, so both are built. */
const SCHEMAS = ['metrics_diff_before', 'metrics_diff_after'] as const

/** Asks both versions the same questions of the same data. Models that differ are built beside those in use, and removed again. */
export async function diffValues(options: ValueDiffOptions): Promise<readonly MetricValues[]> {
  const { changes, warehouse, projectDir } = options
  const metrics = metricsInReach(changes, options.before, options.after)
  if (metrics.length === 0) return []
  const [schemaBefore, schemaAfter] = SCHEMAS
  const before = isolateModels(options.before, changedRelations(changes, 'before'), schemaBefore)
  const after = isolateModels(options.after, changedRelations(changes, 'after'), schemaAfter)
  try {
    for (const [index, { manifest, relations }] of [before, after].entries()) {
      if (relations.length > 0)
        await buildBeside(warehouse, SCHEMAS[index] ?? schemaAfter, manifest, relations, projectDir)
    }
    return await compareAll(options, metrics, before.manifest, after.manifest)
  } finally {
    await removeBuilt(warehouse, [...before.relations, ...after.relations])
  }
}

function changedRelations(changes: readonly Change[], version: 'before' | 'after'): ReadonlySet<string> {
  const changed = changes.filter(({ kind, effect }) => kind === 'relation' && effect !== 'cosmetic')
  return new Set(changed.map(({ name, from }) => (version === 'before' ? (from ?? name) : name)))
}

async function compareAll(
  { warehouse, context, query }: ValueDiffOptions,
  metrics: readonly string[],
  before: Manifest,
  after: Manifest,
): Promise<readonly MetricValues[]> {
  const old = await createSemanticLayer({ manifest: before, warehouse, rollups: 'manual' })
  const now = await createSemanticLayer({ manifest: after, warehouse, rollups: 'manual' })
  try {
    const results: MetricValues[] = []
    for (const metric of metrics) {
      const ask = { ...query, metrics: [metric] }
      results.push(await compareMetric(metric, () => Promise.all([old.query(ask, context), now.query(ask, context)])))
    }
    return results
  } finally {
    await Promise.all([old.close(), now.close()])
  }
}

type Answers = readonly [Answer, Answer]
interface Answer {
  readonly columns: readonly { readonly name: string; readonly kind: string }[]
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

async function compareMetric(metric: string, ask: () => Promise<Answers>): Promise<MetricValues> {
  try {
    const [before, after] = await ask()
    const keys = after.columns.filter(({ kind }) => kind !== 'metric').map(({ name }) => name)
    return compareValues(metric, keys, before.rows, after.rows)
  } catch (error) {
    if (error instanceof UserError) return { metric, problem: error.diagnostics[0]?.message ?? error.message }
    throw error
  }
}

async function buildBeside(
  warehouse: Warehouse,
  schema: string,
  manifest: Manifest,
  select: readonly string[],
  projectDir: string,
): Promise<void> {
  await warehouse.query(`CREATE SCHEMA IF NOT EXISTS ${warehouse.dialect.quote(schema)}`)
  const report = await build({ manifest, warehouse, projectDir, select })
  if (!report.ok) throw new UserError(report.diagnostics)
}

async function removeBuilt(warehouse: Warehouse, relations: readonly string[]): Promise<void> {
  if (relations.length === 0) return
  for (const schema of SCHEMAS)
    await warehouse.query(`DROP SCHEMA IF EXISTS ${warehouse.dialect.quote(schema)} CASCADE`)
  const names = relations.map((name) => warehouse.dialect.literal(name)).join(', ')
  await warehouse.query(`DELETE FROM _metrics.relations WHERE relation IN (${names})`)
}
