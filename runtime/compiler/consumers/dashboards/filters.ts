import type { Dashboard } from '../../../definitions/index.ts'
import { oneOf, suggest } from '../../../diagnostics/index.ts'
import { resolveOrReport } from '../../models/index.ts'
import { type Declared, items, sorted } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'

/** The filters of a dashboard that work: each means one dimension of at least one of its widgets. */
export function checkFilters(
  catalogue: Catalogue,
  dashboard: Declared<Dashboard>,
  homesOfWidgets: readonly (readonly string[])[],
): readonly string[] {
  const { project, usage } = catalogue
  const seen = new Set<string>()
  return items(dashboard, 'filters', dashboard.value.filters)
    .filter((filter) => {
      if (seen.has(filter.value)) {
        project.report('AM1717', `The filter \`${filter.value}\` is offered already.`, {
          at: filter.at(),
          hint: 'Remove one.',
        })
        return false
      }
      seen.add(filter.value)
      const refs = meanings(catalogue, filter.value, homesOfWidgets)
      for (const ref of refs.values()) usage.dimensions.push({ node: `dashboard:${dashboard.value.name}`, ref })
      if (refs.size > 1) warnAboutMeanings(catalogue, filter, [...refs.keys()])
      if (refs.size === 0) reportUseless(catalogue, filter, homesOfWidgets)
      return refs.size > 0
    })
    .map(({ value }) => value)
}

function meanings({ models }: Catalogue, reference: string, homesOfWidgets: readonly (readonly string[])[]) {
  const found = homesOfWidgets.flatMap((homes) => {
    const resolution = models.space.resolve(homes, reference)
    return resolution.kind === 'found' ? [resolution.ref] : []
  })
  return new Map(found.map((ref) => [`${ref.model}.${ref.dimension}`, ref]))
}

function warnAboutMeanings({ project }: Catalogue, filter: Declared<string>, names: readonly string[]): void {
  project.report('AM1712', `\`${filter.value}\` means ${oneOf(names)}, depending on the widget.`, {
    at: filter.at(),
    hint: 'Write it with its model, so that it filters the widgets that have it and no others by another one.',
  })
}

function reportUseless(
  { models, project, semanticModels }: Catalogue,
  filter: Declared<string>,
  homesOfWidgets: readonly (readonly string[])[],
): void {
  const name = filter.value.split('.').at(-1) ?? ''
  if (homesOfWidgets.length === 0 || project.broken.has('dimensions', name)) return
  const ambiguous = homesOfWidgets.find((homes) => models.space.resolve(homes, filter.value).kind === 'ambiguous')
  if (ambiguous !== undefined) {
    resolveOrReport(project, models.space, { homes: ambiguous, subject: '' }, filter.value, () => filter.at())
    return
  }
  const possible = sorted(homesOfWidgets.flatMap((homes) => models.space.names(homes)))
  const exists = semanticModels.some(({ dimensions }) => dimensions.some((dimension) => dimension.name === name))
  const isDeclared = project.declarations.semanticModels.some(({ value }) =>
    value.dimensions?.some((dimension) => dimension.name === name),
  )
  if (isDeclared && !exists) return
  if (exists) {
    project.report('AM1711', `No metric on this dashboard can be filtered by \`${filter.value}\`.`, {
      at: filter.at(),
      hint: suggest(filter.value, possible),
    })
  } else {
    project.report('AM1205', `There is no dimension \`${filter.value}\`.`, {
      at: filter.at(),
      hint: suggest(filter.value, possible),
    })
  }
}
