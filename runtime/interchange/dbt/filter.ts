import { allOf, nameOf } from '../draft/index.ts'
import type { DbtFilter, DbtSemanticModel } from './manifest.ts'
import { hasDimension, ownEntity, sqlOf, type World } from './world.ts'

/** A condition in the words of this project, or why there is none. */
export type Translated = { readonly sql: string | undefined } | { readonly problem: string }

export const conditionsIn = (filter: DbtFilter | null | undefined): readonly string[] =>
  (filter?.where_filters ?? []).map(({ where_sql_template }) => where_sql_template)

/** dbt's filters as one SQL condition over a model. */
export function translateFilter(world: World, home: DbtSemanticModel, templates: readonly string[]): Translated {
  const conditions: string[] = []
  for (const template of templates) {
    const translated = translateTemplate(world, home, template)
    if ('problem' in translated) return translated
    if (translated.sql !== undefined) conditions.push(translated.sql)
  }
  return { sql: allOf(conditions) }
}

const CALL = /\{\{\s*(Dimension|TimeDimension|Entity|Metric)\(\s*([\s\S]*?)\s*\)((?:\.\w+\([^)]*\))*)\s*\}\}/g

function translateTemplate(world: World, home: DbtSemanticModel, template: string): Translated {
  let problem: string | undefined
  const sql = template.replace(CALL, (_, kind: string, args: string, methods: string) => {
    const [path = '', second] = argumentsOf(args)
    const result = kind === 'Metric' ? 'filters by metrics' : referenceOf(world, home, kind, path)
    if (typeof result === 'string') {
      problem ??= `\`${kind}('${path}')\` ${result}`
      return ''
    }
    return graned(result, second, methods) ?? note(`\`${methods}\` has no counterpart`)
  })
  function note(text: string): string {
    problem ??= text
    return ''
  }
  if (problem === undefined && /\{[{%#]/.test(sql)) problem = 'it has Jinja besides dimensions and entities'
  return problem === undefined ? { sql: sql.replace(/\s+/g, ' ').trim() } : { problem }
}

const argumentsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:\w+\s*=\s*)?(?:'([^']*)'|"([^"]*)")/g)].map(([, single, double]) => single ?? double ?? '')

interface Reference {
  readonly sql: string
  /** Grain of a time dimension where the filter names none. */
  readonly grain?: string | undefined
}

/** What a path such as `order__customer__region` means for the rows of a model, or why nothing. */
function referenceOf(world: World, home: DbtSemanticModel, kind: string, path: string): Reference | string {
  const steps = path.split('__')
  const last = steps.at(-1) ?? ''
  if (last === 'metric_time') return timeOf(home)
  const entity = steps.at(-2)
  if (kind === 'Entity') return entityReference(world, home, last, entity)
  const name = nameOf(last)
  const candidates = entity === undefined ? [home] : world.identifiedBy(entity)
  const owner = candidates.find((model) => model === home && hasDimension(model, name))
  const model = owner ?? candidates.find((candidate) => hasDimension(candidate, name))
  if (model === undefined) return 'names no dimension of the semantic models'
  const grain = kind === 'TimeDimension' ? grainOf(model, name) : undefined
  return { sql: referTo(world, home, model, name), grain }
}

function timeOf(home: DbtSemanticModel): Reference | string {
  const time = home.defaults?.agg_time_dimension
  if (time == null) return 'is the time of a model that has none'
  return { sql: `{${nameOf(time)}}`, grain: grainOf(home, nameOf(time)) }
}

function entityReference(world: World, home: DbtSemanticModel, name: string, through: string | undefined) {
  const own = ownEntity(home, name)
  if (own !== undefined && (through === undefined || identifiesHome(home, through))) return { sql: sqlOf(own) }
  const model = world.identifiedBy(name)[0]
  if (model === undefined) return 'names no entity of the semantic models'
  return { sql: referTo(world, home, model, nameOf(name)) }
}

const identifiesHome = (home: DbtSemanticModel, entity: string) =>
  home.primary_entity === entity || ownEntity(home, entity)?.type === 'primary'

/** The shortest reference that is clear. */
function referTo(world: World, home: DbtSemanticModel, model: DbtSemanticModel, dimension: string): string {
  const alone = model === home && world.withDimension(dimension).length <= 1
  return alone ? `{${dimension}}` : `{${nameOf(model.name)}.${dimension}}`
}

const grainOf = (model: DbtSemanticModel, name: string) =>
  (model.dimensions ?? []).find((dimension) => nameOf(dimension.name) === name)?.type_params?.time_granularity ??
  undefined

function graned({ sql, grain }: Reference, named: string | undefined, methods: string): string | undefined {
  const [, method, argument] = /^\.(\w+)\(\s*['"]?(\w+)?['"]?\s*\)$/.exec(methods) ?? []
  if (methods !== '' && method !== 'grain' && method !== 'date_part') return undefined
  if (method === 'date_part') return `extract(${argument} from ${sql})`
  const bucket = argument ?? named ?? grain
  return bucket === undefined ? sql : `date_trunc('${bucket.toLowerCase()}', ${sql})`
}
