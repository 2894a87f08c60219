import type { RecordDetail, RecordSteps, SemanticModel } from '../../../compiler/index.ts'
import type { Sets } from './sets.ts'
import { shownName, shownNames, type View } from './view.ts'

export function describeModel(model: SemanticModel, view: View, sets: Sets) {
  const { name, label, description, hierarchies, timeDimension } = model
  const detail = view.manifest.details.find((item) => item.model === name)
  const reached = model.reachable.flatMap((other) =>
    (view.manifest.models.find((item) => item.name === other.model)?.dimensions ?? []).map((dimension) => ({
      model: other.model,
      dimension: dimension.name,
    })),
  )
  return {
    ...{ name, label, description },
    timeDimension: timeDimension === null ? null : shownName(view, { model: name, dimension: timeDimension }),
    dimensionSet: sets.indexOf(shownNames(view, reached)),
    hierarchies: hierarchies
      .map((hierarchy) => ({ ...hierarchy, levels: shownNames(view, hierarchy.levels) }))
      .filter(({ levels }) => levels.length > 1),
    detail: detail === undefined ? null : describeDetail(detail, view),
  }
}

/** Null where the role may not see which row is which. */
function describeDetail({ key, columns, metrics, export: exported, steps }: RecordDetail, view: View) {
  if (!view.showsDimension(key)) return null
  return {
    key: shownName(view, key),
    columns: shownNames(view, columns),
    metrics: metrics.filter(view.showsMetric),
    export: shownNames(view, exported),
    steps: steps === null ? null : describeSteps(steps, view),
  }
}

function describeSteps(steps: RecordSteps, view: View) {
  const [key, order] = [shownName(view, steps.key), shownName(view, steps.order)]
  if (key === null || order === null) return null
  return {
    model: steps.model,
    key,
    id: shownName(view, steps.id) ?? key,
    order,
    time: shownName(view, steps.time),
    start: shownName(view, steps.start),
    parent: shownName(view, steps.parent),
    kind: shownName(view, steps.kind),
    title: shownName(view, steps.title),
    status: shownName(view, steps.status),
    text: shownNames(view, steps.text),
    facts: shownNames(view, steps.facts),
    duration: steps.duration !== null && view.showsMetric(steps.duration) ? steps.duration : null,
    metrics: steps.metrics.filter(view.showsMetric),
  }
}
