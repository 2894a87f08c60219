import { Router } from 'express'
import type { CompiledDashboard, Manifest, Metric } from '../../compiler/index.ts'
import type { SecurityContext } from '../../semantic/index.ts'
import { callerOf, needScope } from '../authenticate.ts'
import type { Services } from '../services.ts'
import { route } from './route.ts'

/** `GET /project`: what the caller may see of the dashboards and metrics; the pages are generated from it. */
export function projectRoutes(services: Services): Router {
  const router = Router()
  router.get(
    '/project',
    needScope('query'),
    route(async (_request, response) => {
      const caller = callerOf(response)
      const context = await services.contextOf(caller)
      response.setHeader('Cache-Control', 'no-store')
      response.json({ ...describeProject(services.manifest(), context), caller: describeCaller(context) })
    }),
  )
  return router
}

function describeProject(manifest: Manifest, context: SecurityContext) {
  const metrics = manifest.metrics.filter((metric) => mayUse(manifest, metric, context))
  const names = new Set(metrics.map(({ name }) => name))
  return {
    name: manifest.project.name,
    timezone: manifest.project.timezone,
    weekStart: manifest.project.weekStart,
    today: todayIn(manifest.project.timezone),
    metrics: metrics.map((metric) => describeMetric(metric, manifest)),
    dimensions: describeDimensions(manifest, context),
    dashboards: [...manifest.dashboards]
      .sort((a, b) => a.order - b.order || a.title.localeCompare(b.title))
      .filter(({ roles }) => roles === null || roles.includes(context.role))
      .map((dashboard) => describeDashboard(dashboard, context, names)),
  }
}

function describeMetric(metric: Metric, { models }: Manifest) {
  const { name, label, description, category, tier, format, direction, thresholds, deprecated, owner, type } = metric
  const additive = metric.type === 'simple' && (metric.agg === 'count' || metric.agg === 'sum')
  const dimensions = metric.dimensions.map(({ model, dimension }) => `${model}.${dimension}`)
  const timed = models.every(({ name, timeDimension }) => timeDimension !== null || !metric.models.includes(name))
  const shown = { name, label, description, category, tier, owner, type, deprecated }
  return { ...shown, format, direction, thresholds, additive, timed, dimensions }
}

function describeDimensions(manifest: Manifest, context: SecurityContext) {
  return manifest.models.flatMap((model) => {
    const hidden = new Set(model.access.filter(({ role }) => role === context.role).flatMap(({ hide }) => hide))
    return model.dimensions
      .filter((dimension) => dimension.public && !hidden.has(dimension.name))
      .map(({ name, label, description, type, values }) => ({
        name: `${model.name}.${name}`,
        label,
        description,
        type,
        values,
        isTime: model.timeDimension === name,
      }))
  })
}

function describeDashboard(dashboard: CompiledDashboard, context: SecurityContext, metrics: ReadonlySet<string>) {
  const { name, title, path, description, icon, order, filters, range, compare, annotations } = dashboard
  const rows = dashboard.rows
    .map((row) => ({
      title: row.title,
      widgets: row.widgets
        .filter(({ definition }) => definition.roles === undefined || definition.roles.includes(context.role))
        .filter(({ query }) => (query?.metrics ?? []).every((metric) => metrics.has(metric))),
    }))
    .filter(({ widgets }) => widgets.length > 0)
  return { name, title, path, description, icon, order, filters, range, compare, annotations, rows }
}

/** False for metrics that would show values of a dimension hidden from the role. */
function mayUse(manifest: Manifest, metric: Metric, { role }: SecurityContext): boolean {
  const models = manifest.models.filter(({ name }) => metric.models.includes(name))
  const hidden = new Set(
    models.flatMap(({ access }) =>
      access.filter((rule) => rule.role === role).flatMap(({ hideMetrics }) => hideMetrics),
    ),
  )
  return !hidden.has(metric.name) && !metric.leaves.some((leaf) => hidden.has(leaf.metric))
}

function describeCaller({ org, role, user }: SecurityContext) {
  return { org, role, user }
}

function todayIn(timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date())
}
