import type { CompositeMetric, SimpleMetric } from '../../definitions/index.ts'
import type { Metric } from '../manifest.ts'
import { type Declared, labelOf, located } from '../project/index.ts'

type Common = Pick<
  Metric,
  | 'name'
  | 'label'
  | 'description'
  | 'owner'
  | 'category'
  | 'tier'
  | 'refresh'
  | 'format'
  | 'direction'
  | 'thresholds'
  | 'synonyms'
  | 'tags'
  | 'deprecated'
  | 'source'
>

/** The keys that every metric has, with defaults; `base` is the metric that it is a view of (offset, cumulative). */
export function commonKeys(declared: Declared<SimpleMetric | CompositeMetric>, base: Metric | undefined): Common {
  const { value } = declared
  return {
    name: value.name,
    label: value.label ?? labelOf(value.name),
    description: value.description ?? '',
    owner: value.owner ?? base?.owner ?? null,
    category: value.category ?? base?.category ?? null,
    tier: value.tier ?? base?.tier ?? null,
    refresh: value.refresh ?? base?.refresh ?? null,
    format: formatOf(value.format) ?? base?.format ?? { type: 'number' },
    direction: value.direction ?? directionOf(value.thresholds) ?? base?.direction ?? 'neutral',
    thresholds: value.thresholds ?? null,
    synonyms: value.synonyms ?? [],
    tags: value.tags ?? [],
    deprecated: value.deprecated ?? null,
    ...located(declared),
  }
}

const formatOf = (format: SimpleMetric['format']): Metric['format'] | undefined =>
  typeof format === 'string' ? { type: format } : format

/** Where only thresholds are declared they say which way is good. */
function directionOf(thresholds: Metric['thresholds'] | undefined): Metric['direction'] | undefined {
  if (thresholds == null || thresholds.good === thresholds.warn) return undefined
  return thresholds.good > thresholds.warn ? 'up' : 'down'
}
