import { GRAINS } from '../../definitions/index.ts'
import { suggest } from '../../diagnostics/index.ts'
import type { Metric, PreAggregation } from '../manifest.ts'
import { byName, type Declared, items, located, type Project, uniqueByName } from '../project/index.ts'
import type { ModelNode } from './model-node.ts'
import type { ModelSet } from './model-set.ts'
import { resolveOrReport } from './unresolved.ts'

type Definition = Declared<NonNullable<ModelNode['declared']['value']['pre_aggregations']>[number]>

/** The stored aggregates of a model that can be built. `metrics` are those at home in it. */
export function compilePreAggregations(
  project: Project,
  models: ModelSet,
  { declared, name }: ModelNode,
  metrics: readonly Metric[],
): readonly PreAggregation[] {
  const list = items(declared, 'pre_aggregations', declared.value.pre_aggregations)
  const unique = [...uniqueByName(project.report, 'AM1231', 'Pre-aggregation', list).values()]
  return unique
    .flatMap((definition) => {
      const sound = [
        checkMetrics(project, definition, name, metrics),
        checkGrain(project, models, definition, name),
        checkPartition(project, definition),
      ]
      const dimensions = items(definition, 'dimensions', definition.value.dimensions).map((reference) =>
        resolveOrReport(project, models.space, { homes: [name], subject: `\`${name}\`` }, reference.value, () =>
          reference.at(),
        ),
      )
      if (!sound.every(Boolean) || dimensions.includes(undefined)) return []
      const { grain = null, metrics: stored, name: own, partition = null } = definition.value
      const resolved = dimensions.filter((ref) => ref !== undefined)
      return [{ name: own, metrics: stored, dimensions: resolved, grain, partition, ...located(definition) }]
    })
    .sort(byName)
}

function checkMetrics(project: Project, definition: Definition, model: string, metrics: readonly Metric[]): boolean {
  const names = metrics.map((metric) => metric.name)
  const wrong = items(definition, 'metrics', definition.value.metrics).filter(({ value }) => !names.includes(value))
  for (const metric of wrong) {
    if (project.broken.has('metrics', metric.value)) continue
    const exists = project.metricNames.has(metric.value)
    const message = exists
      ? `\`${metric.value}\` is not answered from \`${model}\` alone, so it cannot be stored here.`
      : `\`${model}\` has no metric \`${metric.value}\`.`
    project.report('AM1232', message, { at: metric.at(), hint: suggest(metric.value, names) })
  }
  return wrong.length === 0
}

function checkGrain({ report }: Project, models: ModelSet, definition: Definition, model: string): boolean {
  if (definition.value.grain === undefined || models.timeDimension(model) !== null) return true
  report('AM1233', `\`${model}\` has no \`time_dimension\`, so nothing in it has a grain.`, {
    at: definition.at(['grain']),
    hint: `Give \`${model}\` a \`time_dimension\`, or remove \`grain\`.`,
  })
  return false
}

function checkPartition({ report }: Project, definition: Definition): boolean {
  const { grain, partition } = definition.value
  if (partition === undefined) return true
  const at = definition.at(['partition'])
  if (grain === undefined) {
    report('AM1234', '`partition` divides along time, and there is no `grain`.', { at, hint: 'Add `grain: day`.' })
    return false
  }
  if (GRAINS.indexOf(partition) >= GRAINS.indexOf(grain)) return true
  report('AM1234', `A partition of a ${partition} is smaller than the grain of a ${grain}.`, {
    at,
    hint: `Write \`partition: ${grain}\` or a longer one.`,
  })
  return false
}
