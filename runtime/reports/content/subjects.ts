import type { CompiledDashboard, Manifest } from '../../compiler/index.ts'
import type { SecurityContext, SemanticLayer } from '../../semantic/index.ts'
import type { Period } from './period.ts'
import { covers } from './scope.ts'

interface Asking {
  readonly manifest: Manifest
  readonly semantic: Pick<SemanticLayer, 'query'>
  readonly context: SecurityContext
  readonly period: Period
  readonly timezone: string
  readonly rows: CompiledDashboard['rows']
  readonly each: string
  readonly where: readonly string[]
}

const MOST = 200

/** The values of a dimension that have any figures in the period: one copy of the report for each. */
export async function subjectsOf(asking: Asking): Promise<readonly string[]> {
  const { context, each, manifest, period, rows, semantic, timezone, where } = asking
  const metrics = rows.flatMap(({ widgets }) => widgets.flatMap(({ query }) => query?.metrics ?? []))
  const metric = metrics.find((name) => covers(manifest, [name], `{${each}}`))
  if (metric === undefined) return []
  const conditions = where.filter((condition) => covers(manifest, [metric], condition))
  const answer = await semantic.query(
    {
      metrics: [metric],
      by: [each],
      ...period,
      timezone,
      ...(conditions.length > 0 && { where: conditions.map((text) => `(${text})`).join(' and ') }),
    },
    context,
  )
  const values = answer.rows
    .map((row) => row[each])
    .filter((value) => value !== null && value !== undefined && value !== '')
  return [...new Set(values.map(String))].sort().slice(0, MOST)
}
