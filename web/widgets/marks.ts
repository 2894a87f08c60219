import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import type { Mark } from '../charts/time/overlays.tsx'
import type { Answer } from '../queries/answers.ts'
import { applyFilters } from '../queries/filters.ts'
import type { PageState } from '../queries/page-state.ts'
import type { DashboardInfo, MetricInfo, Project } from '../queries/project.ts'
import type { OverTime } from './time-queries.ts'

type Annotation = DashboardInfo['annotations'][number]

/** What happened, where it can have changed these figures. */
export function annotationsOf(
  id: string,
  metrics: readonly MetricInfo[],
  { by }: OverTime,
  { dashboards }: Project,
): readonly Annotation[] {
  const page = dashboards.find(({ rows }) => rows.some(({ widgets }) => widgets.some((one) => one.id === id)))
  const known = (dimension: string) =>
    by === dimension ||
    metrics.some(({ dimensions }) => dimensions.some((name) => name === dimension || name.endsWith(`.${dimension}`)))
  return (page?.annotations ?? []).filter(({ dimension }) => dimension === undefined || known(dimension))
}

/** The queries for the rows that are marked, as the page is filtered; all widgets of a page ask the same. */
export const markQueries = (
  annotations: readonly Annotation[],
  { filters }: PageState,
  project: Project,
): readonly QueryDefinition[] =>
  annotations.flatMap(({ query }) => (query === null ? [] : [applyFilters(query, filters, project).query]))

/** The marks, with the answers to their queries in order. */
export function marksOf(annotations: readonly Annotation[], answers: readonly Answer[]): readonly Mark[] {
  const waiting = [...answers]
  return annotations.flatMap((annotation) =>
    annotation.query === null ? [annotation] : marksOfRows(annotation, waiting.shift()?.rows ?? []),
  )
}

function marksOfRows({ at, until, label }: Annotation, rows: Answer['rows']): readonly Mark[] {
  return rows.flatMap((row) => {
    const fill = (text: string) => text.replace(/\{([a-z0-9_.]+)\}/g, (_, name: string) => String(row[name] ?? ''))
    const [start, end] = [fill(at), fill(until ?? '')]
    if (start === '') return []
    return [{ at: start, label: fill(label), ...(end !== '' && { until: end }) }]
  })
}
