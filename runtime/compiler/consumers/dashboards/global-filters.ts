import type { GlobalFilter } from '../../../definitions/index.ts'
import { oneOf, suggest } from '../../../diagnostics/index.ts'
import type { CompiledFilter, DimensionRef } from '../../manifest.ts'
import { type Declared, labelOf, located, sorted } from '../../project/index.ts'
import type { Catalogue } from '../catalogue.ts'

/** Values that a toggle has at most; more of them are a list. */
const TOGGLE = 5

/** The filters of all pages, in the order they are declared. */
export function compileGlobalFilters(catalogue: Catalogue): readonly CompiledFilter[] {
  const { declarations, report } = catalogue.project
  const seen = new Set<string>()
  return declarations.globalFilters.flatMap((declared) => {
    const filter = compileFilter(catalogue, declared)
    if (filter === undefined) return []
    if (!seen.has(filter.name)) {
      seen.add(filter.name)
      return [filter]
    }
    report('AM1717', `The filter \`${filter.name}\` is offered already.`, { at: declared.at(), hint: 'Remove one.' })
    return []
  })
}

function compileFilter(catalogue: Catalogue, declared: Declared<GlobalFilter>): CompiledFilter | undefined {
  const { dimension, hierarchy } = declared.value
  if (dimension !== undefined && hierarchy === undefined) return dimensionFilter(catalogue, declared, dimension)
  if (hierarchy !== undefined && dimension === undefined) return hierarchyFilter(catalogue, declared, hierarchy)
  catalogue.project.report('AM1719', 'The filter names neither or both of `dimension` and `hierarchy`.', {
    at: declared.at(),
    hint: 'Write `{ dimension: name }` or `{ hierarchy: name }`.',
  })
  return undefined
}

function dimensionFilter(
  { project, semanticModels }: Catalogue,
  declared: Declared<GlobalFilter>,
  reference: string,
): CompiledFilter | undefined {
  const all = semanticModels.flatMap((model) =>
    model.dimensions
      .filter((dimension) => dimension.public)
      .map((dimension) => ({ ref: { model: model.name, dimension: dimension.name }, dimension })),
  )
  const found = all.filter(({ ref }) => ref.dimension === reference || keyOf(ref) === reference)
  const [only] = found
  if (only === undefined) {
    if (project.broken.has('dimensions', reference.split('.').at(-1) ?? '')) return undefined
    const hint = suggest(
      reference,
      sorted(all.map(({ ref }) => (reference.includes('.') ? keyOf(ref) : ref.dimension))),
    )
    project.report('AM1205', `There is no dimension \`${reference}\`.`, { at: declared.at(['dimension']), hint })
    return undefined
  }
  if (found.length > 1) {
    const names = found.map(({ ref }) => keyOf(ref))
    project.report('AM1206', `\`${reference}\` could mean ${oneOf(names)}.`, {
      at: declared.at(['dimension']),
      hint: `Write ${oneOf(names)}.`,
    })
    return undefined
  }
  const { values, type, label } = only.dimension
  const isToggle = type === 'boolean' || (values !== null && values.length <= TOGGLE)
  return {
    name: only.ref.dimension,
    label: declared.value.label ?? label,
    kind: isToggle ? 'toggle' : 'list',
    levels: [only.ref],
    ...located(declared),
  }
}

function hierarchyFilter(
  { project, semanticModels }: Catalogue,
  declared: Declared<GlobalFilter>,
  reference: string,
): CompiledFilter | undefined {
  const all = semanticModels.flatMap(({ name, hierarchies }) =>
    hierarchies.map((hierarchy) => ({ key: `${name}.${hierarchy.name}`, hierarchy })),
  )
  const found = all.find(({ key, hierarchy }) => hierarchy.name === reference || key === reference)
  if (found === undefined) {
    const names = all.map(({ key, hierarchy }) => (reference.includes('.') ? key : hierarchy.name))
    project.report('AM1709', `There is no hierarchy \`${reference}\`.`, {
      at: declared.at(['hierarchy']),
      hint: suggest(reference, names) ?? 'Declare it under `hierarchies:` of a semantic model.',
    })
    return undefined
  }
  const { name, label, levels } = found.hierarchy
  return { name, label: declared.value.label ?? label ?? labelOf(name), kind: 'tree', levels, ...located(declared) }
}

const keyOf = ({ dimension, model }: DimensionRef): string => `${model}.${dimension}`
