import type { MetricInfo, Project, WidgetInfo } from '../queries/project.ts'

/** The metrics of a widget that are there. */
export const metricsOf = ({ query }: WidgetInfo, { metrics }: Pick<Project, 'metrics'>): readonly MetricInfo[] =>
  (query?.metrics ?? []).flatMap((name) => metrics.find((metric) => metric.name === name) ?? [])

export type Status = 'good' | 'warn' | 'bad'

export const STATUS_LABELS: Readonly<Record<Status, string>> = { good: 'Good', warn: 'Needs work', bad: 'Poor' }

/** How good a value is by the thresholds of its metric. */
export function statusOf(value: number | null, { thresholds, direction }: MetricInfo): Status | null {
  if (value === null || thresholds === null || direction === 'neutral') return null
  const sign = direction === 'up' ? 1 : -1
  if (value * sign >= thresholds.good * sign) return 'good'
  return value * sign >= thresholds.warn * sign ? 'warn' : 'bad'
}

/** Whether a change is one for the better. */
export function moodOf(difference: number, { direction }: MetricInfo): 'good' | 'bad' | 'neutral' {
  if (difference === 0 || direction === 'neutral') return 'neutral'
  return difference > 0 === (direction === 'up') ? 'good' : 'bad'
}

export const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null)
