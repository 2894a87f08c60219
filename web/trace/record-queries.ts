import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { applyFilters, dimensionsOf } from '../queries/filters.ts'
import type { PageState } from '../queries/page-state.ts'
import type { DetailInfo, MetricInfo, ModelInfo, Project } from '../queries/project.ts'

/** Rows of a model: those that a metric counts, where one is named, as the page is filtered. */
export function recordListQuery(
  model: ModelInfo,
  detail: DetailInfo,
  metric: MetricInfo | undefined,
  state: PageState,
  project: Project,
  settings: { readonly limit: number; readonly order: string | null; readonly search: string },
): QueryDefinition {
  const columns = columnsOf(model, detail, metric)
  const plain: QueryDefinition = {
    by: [...columns],
    ...(metric === undefined ? {} : { metrics: [metric.name] }),
    ...((metric?.timed ?? model.timeDimension !== null) ? state.range : {}),
    order: [settings.order ?? defaultOrder(model, columns, metric)],
    limit: settings.limit + 1,
  }
  const { query } = applyFilters(plain, state.filters, project)
  const parts = [query.where, metric?.filter, countedOnly(metric), searchFor(settings.search, columns, project)]
  const where = parts.filter((part): part is string => typeof part === 'string')
  return where.length === 0 ? query : { ...query, where: joined(where) }
}

/** Columns of a list, the key first; those that the metric cannot be grouped by are left out. */
export function columnsOf(model: ModelInfo, detail: DetailInfo, metric: MetricInfo | undefined): readonly string[] {
  const known = metric === undefined ? model.dimensions : metric.dimensions
  return [detail.key, ...detail.columns.filter((name) => name !== detail.key && known.includes(name))]
}

/** Conditions on metrics must stand at the top, so those on dimensions are grouped each by itself. */
const joined = (parts: readonly string[]) =>
  parts.map((part) => (/ or /i.test(part) ? `(${part})` : part)).join(' and ')

/** Rows that add nothing to the metric are not behind it. */
const countedOnly = (metric: MetricInfo | undefined) =>
  metric?.additive && metric.filter === null ? `{${metric.name}} > 0` : undefined

function defaultOrder(
  { timeDimension }: ModelInfo,
  columns: readonly string[],
  metric: MetricInfo | undefined,
): string {
  if (timeDimension !== null && columns.includes(timeDimension)) return `-${timeDimension}`
  return metric === undefined ? (columns[0] ?? '') : `-${metric.name}`
}

function searchFor(search: string, columns: readonly string[], { dimensions }: Project): string | undefined {
  if (search === '') return undefined
  const texts = columns.filter((column) => dimensions.find(({ name }) => name === column)?.type === 'string')
  const pattern = search.replaceAll("'", "''").replaceAll('%', '')
  return texts.length === 0 ? undefined : `(${texts.map((name) => `{${name}} ilike '%${pattern}%'`).join(' or ')})`
}

/** The figures of some rows, by their key. */
export function figuresQuery(detail: DetailInfo, keys: readonly string[], project: Project): QueryDefinition[] {
  if (keys.length === 0) return []
  const metrics = figuresOf(detail, project).map(({ name }) => name)
  if (metrics.length === 0) return []
  const list = keys.map((key) => `'${key.replaceAll("'", "''")}'`).join(', ')
  return [{ metrics, by: [detail.key], where: `{${detail.key}} in (${list})`, limit: keys.length }]
}

export const figuresOf = ({ metrics, key }: DetailInfo, project: Project): readonly MetricInfo[] =>
  project.metrics
    .filter(({ name, dimensions }) => metrics.includes(name) && dimensions.includes(key))
    .sort((a, b) => metrics.indexOf(a.name) - metrics.indexOf(b.name))

/** One row with all that is known of it, its figures, and its steps. */
export function recordQueries(model: ModelInfo, detail: DetailInfo, key: string, project: Project) {
  const where = `{${detail.key}} = '${key.replaceAll("'", "''")}'`
  const by = [...new Set([detail.key, ...detail.columns, ...detail.export])]
  const facts: QueryDefinition = { by, where, limit: 1 }
  const figures = figuresQuery(detail, [key], project)
  return { facts, figures, steps: stepsQuery(detail, model, where, project) }
}

export const MOST_STEPS = 5000

function stepsQuery({ steps }: DetailInfo, _model: ModelInfo, where: string, project: Project): QueryDefinition[] {
  if (steps === null) return []
  const metrics = stepFigures(steps, project).map(({ name }) => name)
  const known = metrics.length === 0 ? null : dimensionsOf({ metrics }, project)
  const wanted = [
    steps.key,
    steps.id,
    steps.start,
    steps.order,
    steps.time,
    steps.parent,
    steps.kind,
    steps.title,
    steps.status,
    ...steps.text,
    ...steps.facts,
  ]
  const by = [...new Set(wanted.filter((name) => name !== null))].filter((name) => known?.includes(name) ?? true)
  return [{ by, where, order: [steps.order], limit: MOST_STEPS, ...(metrics.length > 0 && { metrics }) }]
}

/** Figures of a step, its duration first. */
export function stepFigures({ duration, metrics, key }: NonNullable<DetailInfo['steps']>, project: Project) {
  const names = [...new Set([...(duration === null ? [] : [duration]), ...metrics])]
  return names.flatMap(
    (name) => project.metrics.find((item) => item.name === name && item.dimensions.includes(key)) ?? [],
  )
}
