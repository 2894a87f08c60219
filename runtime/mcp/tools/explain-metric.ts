import { Type } from '@sinclair/typebox'
import { dimensionsOfMetric } from '../../catalogue/index.ts'
import { type DimensionRef, declaredMetric } from '../../compiler/index.ts'
import { fail, suggest } from '../../diagnostics/index.ts'
import type { Desk } from '../desk.ts'
import type { Tool } from '../tool.ts'
import { visibleMetrics } from './list-metrics.ts'

export const explainMetric: Tool = {
  name: 'explain_metric',
  title: 'Explain a metric',
  description:
    'How a metric is computed, by which dimensions it can be grouped and filtered, its unit, thresholds, owner, where it is declared and where it is used.',
  input: Type.Object({ name: Type.String({ description: 'Name of the metric.' }) }, { additionalProperties: false }),
  run: async (desk, input) => {
    const name = String(input.name)
    const metrics = visibleMetrics(desk)
    const metric = metrics.find((item) => item.name === name)
    if (metric === undefined) {
      return fail('AM4001', `There is no metric \`${name}\`.`, {
        hint: suggest(
          name,
          metrics.map((item) => item.name),
        ),
      })
    }
    const meta = desk
      .views()
      .flatMap((view) => view.metrics)
      .find((item) => item.name === name)
    const uses = desk.manifest().lineage.filter(({ from }) => from === `metric:${name}`)
    const { label, description, owner, category, tier, refresh, format, direction, thresholds, deprecated, source } =
      metric
    const about = {
      name,
      label,
      description,
      owner,
      category,
      tier,
      refresh,
      format,
      direction,
      thresholds,
      deprecated,
    }
    return {
      ...about,
      // Its text tells of the dimensions that it names.
      definition: dimensionsOfMetric(desk.manifest(), name).every(isShown(desk)) ? declaredMetric(metric) : null,
      dimensions: meta?.dimensions ?? [],
      used_by: uses.map(({ to }) => to),
      source,
    }
  },
}

/** Of dimensions that are shown to nobody, such as the tenant's, nothing is given away. */
function isShown(desk: Desk): (ref: DimensionRef) => boolean {
  const shown = new Set(
    desk.views().flatMap(({ model, dimensions }) => dimensions.map(({ name }) => `${model}.${name}`)),
  )
  const models = new Map(desk.manifest().models.map((model) => [model.name, model.dimensions]))
  const isPublic = ({ model, dimension }: DimensionRef) =>
    models.get(model)?.find(({ name }) => name === dimension)?.public === true
  return (ref) => shown.has(`${ref.model}.${ref.dimension}`) || !isPublic(ref)
}
