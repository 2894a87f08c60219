import type { Manifest } from '../../compiler/index.ts'
import type { QueryDefinition } from '../../definitions/index.ts'
import { UserError } from '../../diagnostics/index.ts'
import { createSemanticLayer, type SecurityContext } from '../../semantic/index.ts'
import type { Warehouse } from '../../warehouse/index.ts'
import { buildBeside, changedModels } from '../beside/build-beside.ts'
import type { Change } from '../change.ts'
import { compareValues, type ValueDiff } from './compare-values.ts'
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

/** Asks both versions the same questions of the same data. The warehouse may hold either, so models that differ are built in both. */
export async function diffValues(options: ValueDiffOptions): Promise<readonly MetricValues[]> {
  const { changes, warehouse, projectDir } = options
  const metrics = metricsInReach(changes, options.before, options.after)
  if (metrics.length === 0) return []
  const version = (name: 'before' | 'after') =>
    buildBeside({
      manifest: options[name],
      changed: changedModels(changes, name),
      schema: `metrics_diff_${name}`,
      warehouse,
      projectDir,
    })
  const before = await version('before')
  try {
    const after = await version('after')
    return await compareAll(options, metrics, before.manifest, after.manifest).finally(after.remove)
  } finally {
    await before.remove()
  }
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
