import type { Metric, Span, Window } from '../manifest.ts'
import { expressionText } from './expression-text.ts'

/** A metric in the words of definitions, with its references resolved. */
export function declaredMetric(metric: Metric): Readonly<Record<string, unknown>> {
  const { name, type } = metric
  if (metric.type === 'simple') {
    return {
      name,
      ...{ model: metric.model, agg: metric.agg },
      ...(metric.percentile !== null && { percentile: metric.percentile }),
      ...(metric.sql !== null && { sql: expressionText(metric.sql) }),
      ...(metric.filter !== null && { filter: expressionText(metric.filter) }),
    }
  }
  const { definition } = metric
  if ('window' in definition) return { name, type, metric: definition.metric, window: windowText(definition.window) }
  if ('offset' in definition) return { name, type, metric: definition.metric, offset: spanText(definition.offset) }
  return { name, type, ...definition }
}

export function windowText(window: Window): string {
  if ('toDate' in window) return `${window.toDate}_to_date`
  return 'trailing' in window ? spanText(window.trailing) : 'all'
}

export const spanText = ({ count, unit }: Span): string => `${count} ${unit}${count === 1 ? '' : 's'}`
