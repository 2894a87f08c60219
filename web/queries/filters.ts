import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { looksOf } from '../format/value-looks.ts'
import type { DashboardInfo, DimensionInfo, FilterInfo, Project } from './project.ts'

/** A filter with what is chosen. A value of a tree is a path; an empty part stands for rows without a value. */
export interface ActiveFilter {
  readonly filter: FilterInfo
  readonly values: readonly string[]
}

/** Filters that a page offers: those of all pages first. */
export function filtersOf(
  dashboard: Pick<DashboardInfo, 'filters'> | undefined,
  project: Project,
): readonly FilterInfo[] {
  const own = dashboard?.filters ?? []
  const isGlobal = ({ name, levels }: FilterInfo) =>
    project.globalFilters.some(
      (other) =>
        other.name === name || (levels.length === 1 && other.levels[0] === levels[0] && other.levels.length === 1),
    )
  return [...project.globalFilters, ...own.filter((filter) => !isGlobal(filter))]
}

/** The filter that a key of an address means: one that is offered, or any dimension by its name. */
export function filterNamed(key: string, offered: readonly FilterInfo[], project: Project): FilterInfo | undefined {
  const known = offered.find(({ name }) => name === key)
  if (known !== undefined) return known
  const found = project.dimensions.filter(({ name }) => name === key || shortName(name) === key)
  const [only] = found
  return only === undefined || (found.length > 1 && only.name !== key) ? undefined : dimensionFilter(only, project)
}

export function dimensionFilter(dimension: DimensionInfo, { dimensions }: Project): FilterInfo {
  const short = shortName(dimension.name)
  const isUnique = dimensions.filter(({ name }) => shortName(name) === short).length === 1
  const kind = dimension.type === 'boolean' ? 'toggle' : 'list'
  return { name: isUnique ? short : dimension.name, label: dimension.label, kind, levels: [dimension.name] }
}

/** Dimensions that a query can be filtered by. */
export function dimensionsOf(query: QueryDefinition, { metrics, models }: Project): readonly string[] {
  const asked = metrics.filter(({ name }) => query.metrics?.includes(name))
  const [first, ...rest] = asked.map(({ dimensions }) => dimensions)
  if (first !== undefined) return first.filter((name) => rest.every((list) => list.includes(name)))
  const home = query.by?.[0]?.split('.')[0]
  return models.find(({ name }) => name === home)?.dimensions ?? []
}

export interface Filtered {
  readonly query: QueryDefinition
  /** Filters that mean nothing for this query. */
  readonly ignored: readonly FilterInfo[]
}

/** A query with the filters that apply to it. */
export function applyFilters(query: QueryDefinition, active: readonly ActiveFilter[], project: Project): Filtered {
  if (active.length === 0) return { query, ignored: [] }
  const known = dimensionsOf(query, project)
  const applies = ({ filter }: ActiveFilter) => filter.levels.every((level) => known.includes(level))
  const conditions = active.filter(applies).map((item) => conditionOf(item, project))
  const where = [...(query.where === undefined ? [] : [query.where]), ...conditions]
  return {
    query: where.length === 0 ? query : { ...query, where: allOf(where) },
    ignored: active.filter((item) => !applies(item)).map(({ filter }) => filter),
  }
}

export const allOf = (conditions: readonly string[]): string =>
  conditions.length === 1 ? (conditions[0] ?? '') : conditions.map((text) => `(${text})`).join(' and ')

/** What is chosen as a condition of the query language. */
export function conditionOf({ filter, values }: ActiveFilter, project: Project): string {
  const { levels } = filter
  const [level = ''] = levels
  if (levels.length === 1) return anyOf(level, values, project)
  const paths = values.map((path) => {
    const parts = partsOf(path).map((part, index) => anyOf(levels[index] ?? level, [part], project))
    return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' and ')})`
  })
  return paths.join(' or ')
}

function anyOf(dimension: string, values: readonly string[], { dimensions }: Project): string {
  const type = dimensions.find(({ name }) => name === dimension)?.type ?? 'string'
  const some = values.filter((value) => value !== '').map((value) => literal(value, type))
  const list = some.length === 1 ? `{${dimension}} = ${some[0]}` : `{${dimension}} in (${some.join(', ')})`
  if (!values.includes('')) return list
  return some.length === 0 ? `{${dimension}} is null` : `(${list} or {${dimension}} is null)`
}

function literal(value: string, type: string): string {
  if (type === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return value
  if (type === 'boolean') return value === 'true' ? 'true' : 'false'
  return `'${value.replaceAll("'", "''")}'`
}

/** The parts of a path: `/` divides them, `\/` is a slash of a name. */
export const partsOf = (path: string): readonly string[] =>
  path.split(/(?<!\\)\//).map((part) => part.replaceAll('\\/', '/'))

export const pathOf = (parts: readonly string[]): string => parts.map((part) => part.replaceAll('/', '\\/')).join('/')

export const shortName = (name: string): string => name.split('.').at(-1) ?? name

/** What is chosen, in words. */
export function valueText({ filter, values }: ActiveFilter, project: Project): string {
  const { levels } = filter
  const texts = values.map((value) => {
    const parts = levels.length > 1 ? partsOf(value) : [value]
    return looksOf(levels[parts.length - 1] ?? '', project).textOf(parts.at(-1))
  })
  return texts.length > 2 ? `${texts[0]} +${texts.length - 1}` : texts.join(', ')
}
