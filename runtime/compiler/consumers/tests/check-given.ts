import type { QueryTest } from '../../../definitions/index.ts'
import { nearest, oneOf, suggest } from '../../../diagnostics/index.ts'
import type { SemanticModel } from '../../manifest.ts'
import { type Declared, sorted } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'

type Given = Declared<QueryTest['given']>

/** Reports rows of relations that nothing reads, columns that are misspelt, and rows that the metrics would need. */
export function checkGiven(catalogue: Catalogue, given: Given, metrics: readonly string[]): boolean {
  const relations = sorted(catalogue.project.declarations.semanticModels.map(({ value }) => value.relation))
  const unknown = Object.keys(given.value).filter((name) => !relations.includes(name))
  for (const name of unknown) {
    const model = catalogue.semanticModels.find((candidate) => candidate.name === name)
    const hint =
      model === undefined ? suggest(name, relations) : `\`${name}\` reads \`${model.relation}\`: give rows of that.`
    catalogue.project.report('AM1601', `No semantic model reads a relation \`${name}\`.`, {
      at: given.at([name], 'key'),
      hint,
    })
  }
  for (const [name, rows] of Object.entries(given.value)) {
    warnAboutColumns(catalogue, given, name, rows)
    warnAboutTenant(catalogue, given, name, rows)
  }
  if (unknown.length === 0) warnAboutMissing(catalogue, given, metrics)
  return unknown.length === 0
}

/** A column that no definition reads, and that is nearly one that is missing from its row. */
function warnAboutColumns(
  { project, semanticModels }: Catalogue,
  given: Given,
  relation: string,
  rows: QueryTest['given'][string],
): void {
  const columns = columnsOf(semanticModels, relation)
  if (columns.size === 0) return
  const seen = new Set<string>()
  for (const [index, row] of rows.entries()) {
    for (const column of Object.keys(row)) {
      if (columns.has(column) || seen.has(column)) continue
      seen.add(column)
      const near = nearest(
        column,
        [...columns].filter((name) => !(name in row)),
      )
      if (near === undefined) continue
      project.report('AM1602', `No definition reads a column \`${column}\` of \`${relation}\`.`, {
        at: given.at([relation, index, column], 'key'),
        hint: `Did you mean \`${near}\`?`,
      })
    }
  }
}

function warnAboutTenant(
  { models, project, semanticModels }: Catalogue,
  given: Given,
  relation: string,
  rows: QueryTest['given'][string],
): void {
  const key = project.config.tenancy?.key
  const model = semanticModels.find((candidate) => candidate.relation === relation && candidate.tenant)
  if (key === undefined || model === undefined) return
  if (models.space.get({ model: model.name, dimension: key })?.declared?.value.sql !== undefined) return
  const index = rows.findIndex((row) => row[key] === undefined)
  if (index < 0) return
  project.report('AM1609', `The row has no \`${key}\`, so it belongs to no tenant and nobody sees it.`, {
    at: given.at([relation, index]),
    hint: `Add \`${key}\` to the rows of \`${relation}\`.`,
  })
}

const columnsOf = (semanticModels: readonly SemanticModel[], relation: string): ReadonlySet<string> =>
  new Set(
    semanticModels
      .filter((model) => model.relation === relation)
      .flatMap(({ columns }) => columns.map(({ name }) => name)),
  )

function warnAboutMissing(
  { metrics: all, project, semanticModels }: Catalogue,
  given: Given,
  metrics: readonly string[],
): void {
  const relationOf = (model: string) => semanticModels.find(({ name }) => name === model)?.relation ?? ''
  for (const name of metrics) {
    const relations = sorted((all.get(name)?.models ?? []).map(relationOf))
    if (relations.length === 0 || relations.some((relation) => relation in given.value)) continue
    project.report(
      'AM1604',
      `\`${name}\` is made of rows of ${oneOf(relations).replace(/ or /, ' and ')}, and none are given.`,
      {
        at: given.at(),
        hint: `Add \`${relations[0]}: […]\`, or \`${relations[0]}: []\` to say that there are none.`,
      },
    )
  }
}
