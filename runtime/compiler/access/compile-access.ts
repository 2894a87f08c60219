import { ROLES, type Role } from '../../definitions/index.ts'
import type { DimensionRef, Metric, ModelAccess } from '../manifest.ts'
import type { ModelSet } from '../models/index.ts'
import { type Project, sorted } from '../project/index.ts'
import { type Restrictions, resolveRules } from './access-rules.ts'
import { hiddenMetrics, hiddenWith } from './hidden.ts'

/** What each role may see of each model; roles and models without a restriction are absent. */
export function compileAccess(
  project: Project,
  models: ModelSet,
  metrics: readonly Metric[],
): ReadonlyMap<string, readonly ModelAccess[]> {
  const restrictions = resolveRules(project, models.space)
  const roles = ROLES.map((role) => {
    const hidden = restrictions.hidden.filter((entry) => entry.role === role).map(({ ref }) => ref)
    const closure = hidden.length === 0 ? new Set<string>() : hiddenWith(models, hidden)
    return { role, hidden: closure, metrics: closure.size === 0 ? [] : hiddenMetrics(models, metrics, closure) }
  })
  const accessOf = (model: string) =>
    roles
      .map(({ role, hidden, metrics: shown }) => {
        const prefix = `${model}.`
        const hide = sorted([...hidden].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)))
        const hideMetrics = sorted(
          shown.filter((metric) => metric.type === 'simple' && metric.model === model).map(({ name }) => name),
        )
        const rows = restrictions.rows
          .filter((entry) => entry.model === model && entry.role === role)
          .map(({ row }) => row)
        const access = { role, rows: unique(rows), hide, hideMetrics }
        return isDenied(restrictions, model, role) ? deny(models, metrics, model, access) : access
      })
      .filter(({ hide, hideMetrics, rows }) => rows.length + hide.length + hideMetrics.length > 0)
  return new Map([...models.space.nodes.keys()].map((model) => [model, accessOf(model)]))
}

const isDenied = ({ denied }: Restrictions, model: string, role: Role) =>
  denied.some((entry) => entry.model === model && (entry.role === null || entry.role === role))

/** A rule with a mistake must not open what it was meant to close: no row meets `in ()`. */
function deny(models: ModelSet, metrics: readonly Metric[], model: string, access: ModelAccess): ModelAccess {
  const [dimension] = models.space.nodes.get(model)?.dimensions.keys() ?? []
  const ref: DimensionRef | undefined = dimension === undefined ? undefined : { model, dimension }
  const none: ModelAccess['rows'] =
    ref === undefined ? [] : [{ dimension: ref, operator: 'in', value: { constant: [] } }]
  const own = metrics.filter((metric) => metric.type === 'simple' && metric.model === model).map(({ name }) => name)
  return { ...access, rows: [...access.rows, ...none], hideMetrics: sorted(own) }
}

function unique(rows: ModelAccess['rows']): ModelAccess['rows'] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
}
