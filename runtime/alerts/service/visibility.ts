import type { SecurityContext, SemanticLayer } from '../../semantic/index.ts'
import { keyOf, labelsOf } from '../checks/series.ts'
import type { CompiledAlert } from '../rule.ts'

/** What of an alert somebody may see. */
export interface Sight {
  readonly values: boolean
  /** Keys of the instances, without those of parts of a budget; null: all of them. */
  readonly keys: ReadonlySet<string> | null
}

/** Undefined where the role may not see the metric, or the dimensions that tell instances apart. */
export async function sightOf(
  semantic: SemanticLayer,
  context: SecurityContext,
  alert: CompiledAlert,
): Promise<Sight | undefined> {
  const metric = semantic
    .meta(context)
    .flatMap(({ metrics }) => metrics)
    .find(({ name }) => name === alert.metric)
  const by = alert.by ?? []
  const shows = (name: string) => metric?.dimensions.some((known) => known === name || known.endsWith(`.${name}`))
  if (metric === undefined || !by.every(shows)) return undefined
  if (!isRestricted(semantic, context, alert)) return { values: true, keys: null }
  if (by.length === 0) return { values: false, keys: null }
  const { rows } = await semantic.query({ metrics: [alert.metric], by: [...by] }, context)
  return { values: true, keys: new Set(rows.map((row) => keyOf(labelsOf(row, by)))) }
}

/** True where access rules leave the role but some of the rows. */
function isRestricted(semantic: SemanticLayer, { role }: SecurityContext, alert: CompiledAlert): boolean {
  const { metrics, models } = semantic.manifest()
  const homes = metrics.find(({ name }) => name === alert.metric)?.models ?? []
  return models.some(
    ({ access, name }) => homes.includes(name) && access.some((rule) => rule.role === role && rule.rows.length > 0),
  )
}
