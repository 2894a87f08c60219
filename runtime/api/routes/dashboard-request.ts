import type { Manifest } from '../../compiler/index.ts'
import { fail, suggest } from '../../diagnostics/index.ts'

type Compare = 'previous_period' | 'previous_year' | 'none'

export interface DashboardRequest {
  readonly period?: { readonly from: string; readonly to: string }
  readonly compare?: Compare
  readonly where: readonly string[]
}

const COMPARES: readonly Compare[] = ['previous_period', 'previous_year', 'none']
/** Keys of the address of a page that change what is shown where, not the figures. */
const OTHERS = new Set(['range', 'open', 'metric', 'metrics', 'sort', 'search', 'tv', 'path', 'org', 'role'])

/** Reads the address of a page: `from`, `to`, `compare`, and filters as `dimension=value`, several times for several values. */
export function readDashboardRequest(manifest: Manifest, query: Readonly<Record<string, unknown>>): DashboardRequest {
  const { compare, from, to, ...rest } = query
  const filters = Object.entries(rest).filter(([key]) => !OTHERS.has(key))
  const known = COMPARES.find((name) => name === compare)
  return {
    ...(from === undefined && to === undefined ? {} : { period: readPeriod(from, to) }),
    ...(known !== undefined && { compare: known }),
    where: filters.flatMap(([key, value]) => conditionsOf(manifest, key, Array.isArray(value) ? value : [value])),
  }
}

function readPeriod(from: unknown, to: unknown) {
  const isDay = (text: unknown): text is string =>
    typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
  if (isDay(from) && isDay(to) && from <= to) return { from, to }
  return fail('AM5033', '`from` and `to` are days, the first one not after the second.', {
    hint: 'Such as ?from=2030-01-01&to=2030-01-31',
  })
}

/** A filter is a dimension, or one of the project with levels: its values are paths, `\\/` a slash of a name. */
function conditionsOf(manifest: Manifest, key: string, given: readonly unknown[]): readonly string[] {
  const levels = levelsOf(manifest, key)
  const values = given.filter((value) => typeof value === 'string')
  const parts = values.map((value) => {
    const path = levels.length === 1 ? [value] : value.split(/(?<!\\)\//).map((part) => part.replaceAll('\\/', '/'))
    return path.map((part, index) => condition(manifest, levels[index] ?? levels[0] ?? key, part)).join(' and ')
  })
  if (parts.length === 0) return []
  return [parts.length === 1 ? (parts[0] ?? '') : parts.map((part) => `(${part})`).join(' or ')]
}

function condition(manifest: Manifest, dimension: string, value: string): string {
  if (value === '') return `{${dimension}} is null`
  return `{${dimension}} = ${literal(value, typeOf(manifest, dimension))}`
}

function literal(value: string, type: string): string {
  if (type === 'number' && value.trim() !== '' && Number.isFinite(Number(value))) return value
  if (type === 'boolean') return value === 'true' ? 'true' : 'false'
  return `'${value.replaceAll("'", "''")}'`
}

function typeOf({ models }: Manifest, reference: string): string {
  const [name, model] = reference.split('.').reverse()
  const homes = models.filter((home) => model === undefined || home.name === model)
  return homes.flatMap(({ dimensions }) => dimensions).find((item) => item.name === name)?.type ?? 'string'
}

function levelsOf({ globalFilters, models }: Manifest, key: string): readonly string[] {
  const filter = globalFilters.find(({ name }) => name === key)
  if (filter !== undefined) return filter.levels.map(({ dimension, model }) => `${model}.${dimension}`)
  const names = models.flatMap(({ dimensions, name }) =>
    dimensions.flatMap((item) => [item.name, `${name}.${item.name}`]),
  )
  if (names.includes(key)) return [key]
  return fail('AM5033', `There is no dimension \`${key}\` to filter by.`, { hint: suggest(key, names) })
}
