import type { Widget } from '../../../definitions/index.ts'
import { suggest } from '../../../diagnostics/index.ts'
import type { SemanticModel } from '../../manifest.ts'
import { checkMetricName } from '../../metrics/index.ts'
import type { Declared } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'
import type { CheckedQuestion, Question } from '../question.ts'
import { hierarchyOf } from './widget-question.ts'

type Of<T extends Widget['type']> = Declared<Extract<Widget, { type: T }>>

/** What can be wrong with a widget before anything is asked. */
export function checkShape(catalogue: Catalogue, declared: Declared<Widget>, question: Question): boolean {
  const { value } = declared
  const fine = [checkMetricKeys(catalogue, declared, question), checkRepeated(catalogue, declared, question)]
  if (value.type === 'table') fine.push(checkTable(catalogue, declared as Of<'table'>))
  if (value.type === 'gauge') fine.push(checkScale(catalogue, declared as Of<'gauge'>))
  if (value.type === 'line') fine.push(checkPercentiles(catalogue, declared as Of<'line'>, question))
  if ('reference' in value) fine.push(checkReferences(catalogue, declared, question.node))
  return fine.every(Boolean)
}

function checkMetricKeys({ project }: Catalogue, declared: Declared<Widget>, question: Question): boolean {
  const { value } = declared
  if (value.type === 'table') return true
  if ('metric' in value && 'metrics' in value && value.metric !== undefined && value.metrics !== undefined) {
    project.report('AM1706', 'The widget has `metric` and `metrics`.', {
      at: declared.at(['metric'], 'key'),
      hint: `Put \`${value.metric}\` into \`metrics\`.`,
    })
    return false
  }
  if (question.metrics.length > 0) return true
  project.report('AM1705', `The ${value.type} shows no metric.`, { at: declared.at(), hint: 'Add `metric: name`.' })
  return false
}

function checkRepeated({ project }: Catalogue, declared: Declared<Widget>, { by, metrics }: Question): boolean {
  const shown = [...metrics, ...by]
  const repeated = shown.filter(({ name }, index) => shown.findIndex((other) => other.name === name) < index)
  for (const { name, path } of repeated) {
    project.report('AM1707', `\`${name}\` is shown already.`, { at: declared.at(path), hint: 'Remove one of them.' })
  }
  return repeated.length === 0
}

function checkTable({ project, semanticModels }: Catalogue, declared: Of<'table'>): boolean {
  const { dimensions = [], hierarchy, metrics = [], model } = declared.value
  if (model !== undefined && !checkModel(project, semanticModels, declared, model)) return false
  if (hierarchy !== undefined && hierarchyOf(semanticModels, declared.value) === undefined) {
    const known = semanticModels
      .filter(({ name }) => model === undefined || name === model)
      .flatMap((item) => item.hierarchies)
    project.report(
      'AM1709',
      `There is no hierarchy \`${hierarchy}\`${model === undefined ? '' : ` in \`${model}\``}.`,
      {
        at: declared.at(['hierarchy']),
        hint:
          suggest(
            hierarchy,
            known.map(({ name }) => name),
          ) ?? 'Declare it under `hierarchies:` of a semantic model.',
      },
    )
    return false
  }
  if (dimensions.length + metrics.length > 0 || model !== undefined || hierarchy !== undefined) return true
  project.report('AM1710', 'The table has no columns.', {
    at: declared.at(),
    hint: 'Add `metrics`, `dimensions` or `model`.',
  })
  return false
}

function checkPercentiles({ project }: Catalogue, declared: Of<'line'>, { metrics }: Question): boolean {
  const { percentiles } = declared.value
  const shown = typeof percentiles === 'object' ? percentiles : []
  const names = metrics.map(({ name }) => name)
  const unknown = shown.flatMap((name, index) => (names.includes(name) ? [] : [{ name, index }]))
  for (const { name, index } of unknown) {
    project.report('AM1721', `\`${name}\` is none of the metrics of the widget.`, {
      at: declared.at(['percentiles', index]),
      hint: suggest(name, names) ?? `Add \`${name}\` to \`metrics\`.`,
    })
  }
  return unknown.length === 0
}

function checkModel(
  { broken, declarations, report }: Catalogue['project'],
  semanticModels: readonly SemanticModel[],
  declared: Of<'table'>,
  model: string,
): boolean {
  if (semanticModels.some(({ name }) => name === model)) return true
  const isBroken =
    broken.has('semantic_models', model) || declarations.semanticModels.some(({ value }) => value.name === model)
  if (isBroken) return false
  report('AM1209', `There is no semantic model \`${model}\`.`, {
    at: declared.at(['model']),
    hint: suggest(
      model,
      semanticModels.map(({ name }) => name),
    ),
  })
  return false
}

function checkScale({ project }: Catalogue, declared: Of<'gauge'>): boolean {
  const { max, min = 0 } = declared.value
  if (max === undefined || min < max) return true
  project.report('AM1714', `The scale goes from ${min} to ${max}.`, {
    at: declared.at(['max']),
    hint: 'Make `max` greater than `min`.',
  })
  return false
}

function checkReferences({ project, usage }: Catalogue, declared: Declared<Widget>, node: string): boolean {
  const lines = 'reference' in declared.value ? (declared.value.reference ?? []) : []
  return lines
    .map(({ metric, value }, index) => {
      const path = ['reference', index]
      if ((metric === undefined) === (value === undefined)) {
        const message = metric === undefined ? 'The line is at no value.' : 'The line has a value and a metric.'
        project.report('AM1713', message, { at: declared.at(path), hint: 'Write `value:` or `metric:`.' })
        return false
      }
      if (metric === undefined) return true
      const at = () => declared.at([...path, 'metric'])
      usage.metrics.push({ node, metric, at })
      return checkMetricName(project, metric, at)
    })
    .every(Boolean)
}

/** What can be wrong once it is known what the names of a widget mean. */
export function checkAnswer(
  catalogue: Catalogue,
  declared: Declared<Widget>,
  { by, homes, metrics }: CheckedQuestion,
): boolean {
  const { value } = declared
  const fine = [checkComparison(catalogue, declared, homes)]
  if (value.type === 'map') fine.push(checkGeo(catalogue, declared as Of<'map'>, by[0]))
  if (value.type === 'kanban' && metrics[0]?.thresholds === null) {
    catalogue.project.report('AM1718', `\`${value.metric}\` has no \`thresholds\`, so there are no columns.`, {
      at: declared.at(['metric']),
      hint: `Give \`${value.metric}\` \`thresholds: { good: …, warn: … }\`.`,
    })
    fine.push(false)
  }
  return fine.every(Boolean)
}

function checkGeo(
  { models, project, semanticModels }: Catalogue,
  declared: Of<'map'>,
  ref: CheckedQuestion['by'][number] | undefined,
): boolean {
  const dimension = ref && models.space.get(ref)
  if (dimension === undefined || dimension.type === 'geo') return true
  const geo = semanticModels.flatMap((model) =>
    model.dimensions.filter(({ type }) => type === 'geo').map(({ name }) => name),
  )
  project.report('AM1708', `\`${declared.value.by}\` is of type ${dimension.type}, and a map needs places.`, {
    at: declared.at(['by']),
    hint: suggest(declared.value.by, geo) ?? `Make \`${dimension.name}\` of type geo if it holds ISO 3166 codes.`,
  })
  return false
}

/** Earlier times and sparklines need time. */
function checkComparison(
  { models, project }: Catalogue,
  declared: Declared<Widget>,
  homes: readonly string[],
): boolean {
  const { value } = declared
  const key = 'sparkline' in value && value.sparkline !== undefined ? 'sparkline' : 'compare'
  const isAsked = key === 'sparkline' || ('compare' in value && value.compare !== undefined && value.compare !== 'none')
  const lacking = isAsked ? homes.find((home) => models.timeDimension(home) === null) : undefined
  if (lacking === undefined) return true
  project.report('AM1715', `There is no earlier time to show: \`${lacking}\` has no \`time_dimension\`.`, {
    at: declared.at([key]),
    hint: `Give \`${lacking}\` a \`time_dimension\`, or remove \`${key}\`.`,
  })
  return false
}
