import type { DimensionType, SemanticModel } from '../../definitions/index.ts'
import { asColumn, filled, hasTemplate, type Lose, nameOf } from '../draft/index.ts'
import { joinsOf } from './joins.ts'
import type { DbtDimension, DbtManifest, DbtSemanticModel } from './manifest.ts'
import { identifies, primaryOf, relationOf, sqlOf, type World } from './world.ts'

/** Types that dbt does not know but something else tells, by `model.dimension`. */
export type KnownTypes = ReadonlyMap<string, DimensionType>

/** A semantic model of dbt without its metrics. */
export function importModel(
  world: World,
  manifest: DbtManifest,
  types: KnownTypes,
  model: DbtSemanticModel,
  lose: Lose,
): SemanticModel {
  const object = `semantic_model:${model.name}`
  const name = nameOf(model.name)
  const dimensions = (model.dimensions ?? []).filter((dimension) => isCarried(model, dimension, lose))
  const time = model.defaults?.agg_time_dimension
  reportExtras(model, lose)
  return filled({
    name,
    label: model.label,
    description: model.description?.trim() || describedBy(manifest, model),
    relation: relationOf(model),
    primary_key: primaryKeyOf(model, object, lose),
    time_dimension: time == null ? undefined : nameOf(time),
    joins: nonEmpty(joinsOf(world, model, lose)),
    dimensions: nonEmpty([
      ...dimensions.map((dimension) => importDimension(model, dimension, types)),
      ...entityDimensions(world, model),
    ]),
  }) as SemanticModel
}

export const nonEmpty = <T>(items: readonly T[]): T[] | undefined => (items.length === 0 ? undefined : [...items])

function describedBy({ nodes }: DbtManifest, { depends_on }: DbtSemanticModel): string | undefined {
  const node = depends_on?.nodes?.map((id) => nodes[id]).find((found) => found !== undefined)
  return node?.description?.trim() || undefined
}

/** The column of the primary entity, or of a unique one. */
function primaryKeyOf(model: DbtSemanticModel, object: string, lose: Lose): string | undefined {
  const entity = primaryOf(model)
  if (entity === undefined) return undefined
  const column = asColumn(sqlOf(entity))
  if (column === undefined) {
    lose(
      'AM6226',
      object,
      `Its primary entity \`${entity.name}\` is the expression \`${sqlOf(entity)}\`, and a primary key is a column.`,
      'Add the expression as a column to the dbt model.',
    )
  }
  return column
}

function isCarried(model: DbtSemanticModel, dimension: DbtDimension, lose: Lose): boolean {
  const object = `dimension:${model.name}.${dimension.name}`
  const name = nameOf(dimension.name)
  if (hasTemplate(sqlOf(dimension))) {
    lose('AM6224', object, 'Its expression is Jinja.', 'Put the value into a column of the dbt model.')
    return false
  }
  if (name !== dimension.name)
    lose('AM6235', object, `It is called \`${name}\` here.`, 'Use the new name in questions.')
  if (dimension.type_params?.validity_params != null) {
    lose(
      'AM6230',
      object,
      'It bounds the validity of rows (a slowly changing dimension); here a join takes every row of a key.',
      'Join a dbt model that has one row a key.',
    )
  }
  return true
}

function importDimension(model: DbtSemanticModel, dimension: DbtDimension, types: KnownTypes) {
  const name = nameOf(dimension.name)
  const sql = truncated(sqlOf(dimension), dimension.type_params?.time_granularity)
  const known = types.get(`${model.name}.${dimension.name}`)
  return filled({
    name,
    type: dimension.type === 'time' ? ('time' as const) : (known ?? 'string'),
    label: dimension.label,
    description: dimension.description?.trim(),
    sql: sql === name ? undefined : sql,
  })
}

const FINE = new Set(['nanosecond', 'microsecond', 'millisecond', 'second', 'minute', 'hour', 'day'])

/** Times of a coarse grain are what they are there: the first instant of their period. */
function truncated(sql: string, grain: string | null | undefined): string {
  return grain == null || FINE.has(grain) ? sql : `date_trunc('${grain}', ${sql})`
}

/** Entities by which people group: those that identify this model, and those that lead nowhere. */
function entityDimensions(world: World, model: DbtSemanticModel) {
  const taken = new Set((model.dimensions ?? []).map(({ name }) => nameOf(name)))
  return (model.entities ?? [])
    .filter((entity) => !taken.has(nameOf(entity.name)) && !hasTemplate(sqlOf(entity)))
    .filter((entity) => identifies(entity, entity.name) || world.identifiedBy(entity.name).length === 0)
    .map((entity) => {
      const [name, sql] = [nameOf(entity.name), sqlOf(entity)]
      return filled({
        name,
        type: 'string' as const,
        label: entity.label,
        description: entity.description?.trim(),
        sql: sql === name ? undefined : sql,
      })
    })
}

function reportExtras(model: DbtSemanticModel, lose: Lose): void {
  const meta = Object.keys(model.config?.meta ?? {})
  if (meta.length > 0) {
    lose('AM6234', `semantic_model:${model.name}`, `Its \`meta\` is left behind: ${meta.join(', ')}.`, 'Use `tags`.')
  }
}
