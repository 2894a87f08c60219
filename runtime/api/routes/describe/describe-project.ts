import { expressionText, type Manifest, type Metric, parseFilter, type SqlExpression } from '../../../compiler/index.ts'
import type { SecurityContext } from '../../../semantic/index.ts'
import { describeDashboard, describeGlobalFilters } from './describe-dashboard.ts'
import { describeModel } from './describe-model.ts'
import { createSets, type Sets } from './sets.ts'
import { shownNames, type View, viewOf } from './view.ts'

export function describeProject(manifest: Manifest, context: SecurityContext) {
  const view = viewOf(manifest, context)
  const { name, timezone, weekStart } = manifest.project
  const sets = createSets()
  return {
    name,
    timezone,
    weekStart,
    today: todayIn(timezone),
    metrics: manifest.metrics
      .filter((metric) => view.showsMetric(metric.name))
      .map((metric) => describeMetric(metric, view, sets)),
    dimensions: describeDimensions(view),
    models: manifest.models.map((model) => describeModel(model, view, sets)),
    globalFilters: describeGlobalFilters(view),
    dashboards: [...manifest.dashboards]
      .sort((a, b) => a.order - b.order || a.title.localeCompare(b.title))
      .filter(({ roles }) => roles === null || roles.includes(context.role))
      .map((dashboard) => describeDashboard(dashboard, view)),
    dimensionSets: sets.all,
  }
}

function describeMetric(metric: Metric, view: View, sets: Sets) {
  const { name, label, description, category, tier, format, direction, thresholds, deprecated, owner, type } = metric
  const { models, refresh, source, synonyms } = metric
  const { manifest } = view
  const additive = metric.type === 'simple' && (metric.agg === 'count' || metric.agg === 'sum')
  const timed = manifest.models.every((model) => model.timeDimension !== null || !models.includes(model.name))
  return {
    ...{ name, label, description, category, tier, owner, type, deprecated, refresh, synonyms },
    ...{ format, direction, thresholds, additive, timed, models, source },
    filter: metric.type === 'simple' ? filterText(metric.filter) : null,
    dimensionSet: sets.indexOf(shownNames(view, metric.dimensions)),
  }
}

/** The rows that a metric counts, as a filter of queries; null where its SQL is more than that. */
function filterText(filter: SqlExpression | null): string | null {
  if (filter === null) return null
  const text = expressionText(filter)
  return 'problem' in parseFilter(text) ? null : text
}

function describeDimensions(view: View) {
  return view.manifest.models.flatMap((model) =>
    model.dimensions
      .filter((dimension) => view.showsDimension({ model: model.name, dimension: dimension.name }))
      .map(({ name, label, description, type, values, labels, statuses, synonyms }) => ({
        name: `${model.name}.${name}`,
        ...{ label, description, type, values, labels, statuses, synonyms },
        isTime: model.timeDimension === name,
      })),
  )
}

export function todayIn(timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date())
}
