import type { CompositeMetric, SimpleMetric } from '../../definitions/index.ts'
import type { ModelSet } from '../models/index.ts'
import { checkName, type Declared, items, type Project, uniqueByName } from '../project/index.ts'

/** A metric as declared; a simple one with the model it belongs to. */
export type MetricNode =
  | { readonly kind: 'simple'; readonly model: string; readonly declared: Declared<SimpleMetric> }
  | { readonly kind: 'composite'; readonly declared: Declared<CompositeMetric> }

/** Every metric by name, those of sound models alone. Names are unique over the project. */
export function declareMetrics(project: Project, { space }: ModelSet): ReadonlyMap<string, MetricNode> {
  const { declarations, report } = project
  const modelOf = new Map<Declared<unknown>, string>()
  const simple = declarations.semanticModels.flatMap((model) => {
    const metrics = items(model, 'metrics', model.value.metrics)
    for (const metric of metrics) modelOf.set(metric, model.value.name)
    return metrics
  })
  const all: readonly Declared<SimpleMetric | CompositeMetric>[] = [...simple, ...declarations.metrics]
  const hint = 'Metric names are unique over the project. Rename or remove one of them.'
  const unique = uniqueByName(report, 'AM1301', 'Metric', all, hint)
  const nodes = new Map<string, MetricNode>()
  for (const [name, declared] of unique) {
    if (!checkName(report, 'metric', declared)) continue
    const model = modelOf.get(declared)
    if (model === undefined) nodes.set(name, { kind: 'composite', declared: declared as Declared<CompositeMetric> })
    else if (space.nodes.get(model)?.declared.value.metrics?.includes(declared.value as SimpleMetric)) {
      nodes.set(name, { kind: 'simple', model, declared: declared as Declared<SimpleMetric> })
    }
  }
  return nodes
}
