import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { allOf, applyFilters, dimensionsOf } from '../queries/filters.ts'
import type { PageState } from '../queries/page-state.ts'
import type { FilterInfo, MetricInfo, Project } from '../queries/project.ts'
import { type Answers, useAnswers } from '../queries/use-answers.ts'

/** A value of a filter, and how much of the metric it has. */
export interface Option {
  readonly values: readonly string[]
  readonly count: number | null
}

export interface Options extends Pick<Answers, 'loading' | 'error' | 'retry'> {
  readonly options: readonly Option[] | null
  /** What is counted. */
  readonly metric: MetricInfo | null
  /** True where there are more values than are listed. */
  readonly more: boolean
}

const MOST = 200
const MOST_OF_TREE = 2000

/**
 * Values that lead somewhere: those with rows in the range of the page, under its other filters, that the caller may
 * see. What cannot be combined is not offered.
 */
export function useOptions(
  filter: FilterInfo,
  state: PageState,
  project: Project,
  metrics: readonly string[],
  search: string,
): Options {
  const others = state.filters.filter((item) => item.filter.name !== filter.name)
  const metric = countedBy(filter, others, project, metrics)
  const limit = filter.levels.length > 1 ? MOST_OF_TREE : MOST
  const plain: QueryDefinition = {
    by: [...filter.levels],
    limit: limit + 1,
    ...(metric === null ? { order: [...filter.levels] } : { metrics: [metric.name], order: [`-${metric.name}`] }),
    ...(metric?.timed ? state.range : {}),
    ...(search === '' ? {} : { where: searchFor(filter, search) }),
  }
  const { query } = applyFilters(plain, others, project)
  const { answers, ...rest } = useAnswers([query])
  const rows = answers?.[0]?.rows ?? null
  const options = rows?.slice(0, limit).map((row) => ({
    values: filter.levels.map((level) => textOf(row[level])),
    count: metric === null ? null : Number(row[metric.name] ?? 0),
  }))
  return { ...rest, metric, options: options ?? null, more: (rows?.length ?? 0) > limit }
}

/** Rows without a value are an option like any other: the empty text. */
const textOf = (value: unknown) => (value === null || value === undefined ? '' : String(value))

/** What is counted: a metric of the page that adds up and has the dimensions of all filters, or of this one at least. */
function countedBy(
  filter: FilterInfo,
  others: PageState['filters'],
  project: Project,
  metrics: readonly string[],
): MetricInfo | null {
  const shown = metrics.flatMap((name) => project.metrics.find((metric) => metric.name === name) ?? [])
  const fits = (metric: MetricInfo, levels: readonly string[]) => {
    const known = dimensionsOf({ metrics: [metric.name] }, project)
    return metric.additive && levels.every((level) => known.includes(level))
  }
  const all = [...filter.levels, ...others.flatMap((item) => item.filter.levels)]
  const counts = [...shown, ...project.metrics].filter((metric) => fits(metric, filter.levels))
  return counts.find((metric) => fits(metric, all)) ?? counts[0] ?? null
}

function searchFor({ levels }: FilterInfo, search: string): string {
  const pattern = search.replaceAll("'", "''").replaceAll('%', '').replaceAll('_', '\\_')
  return allOf([levels.map((level) => `{${level}} ilike '%${pattern}%'`).join(' or ')])
}
