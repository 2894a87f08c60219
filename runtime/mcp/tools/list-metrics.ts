import { Type } from '@sinclair/typebox'
import type { Metric } from '../../compiler/index.ts'
import type { Desk } from '../desk.ts'
import type { Tool } from '../tool.ts'

const MOST = 50

export const listMetrics: Tool = {
  name: 'list_metrics',
  title: 'List or search metrics',
  description:
    'Metrics that can be asked for, with what they mean. Search by words of their name, label, description, synonyms, tags or category; without words all are listed.',
  input: Type.Object(
    {
      search: Type.Optional(Type.String({ description: 'Words; metrics that have most of them come first.' })),
      category: Type.Optional(Type.String({ description: 'Only metrics of this category.' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: MOST })),
    },
    { additionalProperties: false },
  ),
  run: async (desk, { search, category, limit }) => {
    const metrics = visibleMetrics(desk)
    const found = rank(
      metrics.filter((metric) => category === undefined || metric.category === category),
      typeof search === 'string' ? search : '',
    )
    const most = typeof limit === 'number' ? limit : MOST
    return {
      total: found.length,
      metrics: found.slice(0, most).map(({ name, label, description, category, format, tier, deprecated }) => ({
        name,
        label,
        description,
        category,
        format,
        tier,
        ...(deprecated !== null && { deprecated }),
      })),
    }
  },
}

/** Metrics of the manifest that the caller may see. */
export function visibleMetrics(desk: Desk): readonly Metric[] {
  const views = desk.views()
  const visible = new Set(views.flatMap((view) => view.metrics.map(({ name }) => name)))
  return desk.manifest().metrics.filter(({ name }) => visible.has(name))
}

function rank(metrics: readonly Metric[], search: string): readonly Metric[] {
  const words = search
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  if (words.length === 0) return metrics
  const scored = metrics.map((metric) => ({
    metric,
    score: words.reduce((sum, word) => sum + scoreOf(metric, word), 0),
  }))
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ metric }) => metric)
}

/** A word of the name weighs more than one of the description. */
function scoreOf(metric: Metric, word: string): number {
  const has = (text: string) => text.toLowerCase().includes(word)
  if (metric.name.split('_').includes(word)) return 8
  if (has(metric.name) || has(metric.label) || metric.synonyms.some(has)) return 5
  if (metric.tags.some(has) || has(metric.category ?? '')) return 3
  return has(metric.description) ? 1 : 0
}
