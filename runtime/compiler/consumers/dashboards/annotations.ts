import type { Dashboard } from '../../../definitions/index.ts'
import { suggest } from '../../../diagnostics/index.ts'
import type { CompiledAnnotation } from '../../manifest.ts'
import { type Declared, items, sorted } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'
import { annotationOfRows, isOfRows } from './row-annotation.ts'

type Annotation = NonNullable<Dashboard['annotations']>[number]

/** The annotations of a dashboard that can be placed in its charts. */
export function checkAnnotations(
  catalogue: Catalogue,
  dashboard: Declared<Dashboard>,
  homesOfWidgets: readonly (readonly string[])[],
): CompiledAnnotation[] {
  const node = `dashboard:${dashboard.value.name}`
  return items(dashboard, 'annotations', dashboard.value.annotations).flatMap((annotation) => {
    if (!checkDimension(catalogue, annotation, homesOfWidgets)) return []
    if (isOfRows(annotation.value)) return annotationOfRows(catalogue, annotation, node)
    return checkConstant(catalogue, annotation) ? [{ ...annotation.value, query: null }] : []
  })
}

function checkConstant({ project }: Catalogue, annotation: Declared<Annotation>): boolean {
  const { at, until } = annotation.value
  for (const key of ['at', 'until'] as const) {
    const text = annotation.value[key]
    if (text === undefined || !Number.isNaN(Date.parse(text))) continue
    project.report('AM1716', `\`${text}\` is neither a day nor an instant.`, {
      at: annotation.at([key]),
      hint: 'Write `2026-03-31` or `2026-03-31T09:00:00`, or the time dimension of a model: `{releases.released_at}`.',
    })
    return false
  }
  if (annotation.value.where !== undefined) {
    project.report('AM1716', `A mark that always stands at ${at} has no rows to choose from.`, {
      at: annotation.at(['where']),
      hint: 'Remove `where`, or give a time dimension as `at`.',
    })
    return false
  }
  if (until === undefined || Date.parse(until) >= Date.parse(at)) return true
  project.report('AM1716', `The annotation ends (${until}) before it starts (${at}).`, {
    at: annotation.at(['until']),
    hint: 'Swap `at` and `until`.',
  })
  return false
}

function checkDimension(
  { models, project }: Catalogue,
  annotation: Declared<Annotation>,
  homesOfWidgets: readonly (readonly string[])[],
): boolean {
  const { dimension } = annotation.value
  if (dimension === undefined || homesOfWidgets.length === 0) return true
  if (homesOfWidgets.some((homes) => models.space.resolve(homes, dimension).kind === 'found')) return true
  project.report('AM1711', `No metric on this dashboard has the dimension \`${dimension}\`.`, {
    at: annotation.at(['dimension']),
    hint: suggest(dimension, sorted(homesOfWidgets.flatMap((homes) => models.space.names(homes)))),
  })
  return false
}
