import type { Dimension, Manifest, SemanticModel } from '../../../compiler/index.ts'
import { toYaml } from '../../../init/index.ts'
import { filled, type Lose } from '../../draft/index.ts'
import { joinedRuleDimensions, policiesOf } from './access.ts'
import { measuresOf } from './measures.ts'
import { cubeSql } from './sql.ts'

/** YAML files of a data model of Cube: a cube for each semantic model, a view for each that has metrics. */
export function exportCube(manifest: Manifest, lose: Lose): ReadonlyMap<string, string> {
  for (const metric of manifest.metrics.filter(({ models }) => models.length > 1)) {
    lose(
      'AM6229',
      `metric:${metric.name}`,
      `It combines ${metric.models.join(', ')}; over their joins Cube would count rows several times.`,
      'Build a table that has both facts by their common dimensions, or ask this API.',
    )
  }
  const cubes = manifest.models.map((model): [string, string] => [
    `cubes/${model.name}.yml`,
    toYaml({ cubes: [cubeOf(manifest, model, lose)] }),
  ])
  const views = manifest.models
    .filter((model) => manifest.metrics.some(({ models }) => models.includes(model.name)))
    .map((model): [string, string] => [`views/${model.name}_view.yml`, toYaml({ views: [viewOf(manifest, model)] })])
  return new Map([...cubes, ...views])
}

function cubeOf(manifest: Manifest, model: SemanticModel, lose: Lose): object {
  const meta = filled({
    time_dimension: model.timeDimension,
    owner: model.owner,
    shared: manifest.project.tenantKey !== null && !model.tenant ? true : undefined,
  })
  const rollups = model.preAggregations.map((rollup) => rollupOf(model, rollup))
  const hierarchies = model.hierarchies.map(({ label, levels, name }) => ({
    name,
    title: label,
    levels: levels.map((level) => (level.model === model.name ? level.dimension : `${level.model}.${level.dimension}`)),
  }))
  const measures = measuresOf(manifest, model, lose)
  return filled({
    name: model.name,
    title: model.label,
    description: model.description,
    sql_table: model.relation,
    public: false,
    meta: { agent_metrics: meta },
    joins: nonEmpty(joinsOf(manifest, model)),
    dimensions: nonEmpty([
      ...keyOf(model, lose),
      ...model.dimensions.map((dimension) => dimensionOf(model, dimension)),
      ...joinedRuleDimensions(model),
    ]),
    hierarchies: nonEmpty(hierarchies),
    measures: nonEmpty(measures),
    access_policy: policiesOf(manifest, model, lose),
    pre_aggregations: nonEmpty(rollups),
  })
}

const nonEmpty = <T>(items: readonly T[]) => (items.length === 0 ? undefined : items)

function joinsOf({ models, project }: Manifest, model: SemanticModel): readonly object[] {
  return model.joins.map(({ left, relationship, right, to }) => {
    const tenants =
      project.tenantKey !== null && model.tenant && models.find(({ name }) => name === to)?.tenant === true
    const tenant = tenants ? ` AND {CUBE}.${project.tenantKey} = {${to}}.${project.tenantKey}` : ''
    return { name: to, relationship, sql: `{CUBE}.${left} = {${to}}.${right}${tenant}` }
  })
}

/** Cube needs a primary key where there are joins. */
function keyOf({ dimensions, joins, name: model, primaryKey }: SemanticModel, lose: Lose): readonly object[] {
  const hidden = { type: 'string', primary_key: true, public: false, meta: { agent_metrics: { part: true } } }
  if (primaryKey === null) {
    if (joins.length === 0) return []
    lose(
      'AM6226',
      `model:${model}`,
      'It has no primary key, so Cube gets a constant one: right as long as nothing there joins to it.',
      'Give the model a `primary_key`.',
    )
    return [{ name: 'row_key', sql: '1', ...hidden }]
  }
  if (dimensions.some((dimension) => isKey(dimension, primaryKey))) return []
  const name = dimensions.some((dimension) => dimension.name === primaryKey) ? `${primaryKey}_key` : primaryKey
  return [{ name, sql: `{CUBE}.${primaryKey}`, ...hidden }]
}

const isKey = ({ sql }: Dimension, key: string) => {
  const [only, ...others] = sql
  return others.length === 0 && only !== undefined && 'text' in only && only.text.trim().replaceAll('"', '') === key
}

function dimensionOf(model: SemanticModel, dimension: Dimension): object {
  const primary =
    dimension === model.dimensions.find((one) => model.primaryKey !== null && isKey(one, model.primaryKey))
  const { description, label, name, synonyms, tags, type, values } = dimension
  const meta = filled({
    type: type === 'geo' ? type : undefined,
    values,
    synonyms: synonyms.length === 0 ? undefined : synonyms,
    tags: tags.length === 0 ? undefined : tags,
  })
  return filled({
    name,
    title: label,
    description,
    sql: cubeSql(model, dimension.sql),
    type: type === 'geo' ? 'string' : type,
    primary_key: primary ? true : undefined,
    public: dimension.public ? (primary ? true : undefined) : false,
    meta: Object.keys(meta).length === 0 ? undefined : { agent_metrics: meta },
  })
}

function rollupOf(
  model: SemanticModel,
  { dimensions, grain, metrics, name, partition }: SemanticModel['preAggregations'][number],
) {
  return filled({
    name,
    type: 'rollup',
    measures: metrics,
    dimensions: nonEmpty(
      dimensions.map((ref) => (ref.model === model.name ? ref.dimension : `${ref.model}.${ref.dimension}`)),
    ),
    time_dimension: grain === null ? undefined : model.timeDimension,
    granularity: grain,
    partition_granularity: partition,
  })
}

function viewOf({ models }: Manifest, model: SemanticModel): object {
  const joined = model.reachable.filter(({ path }) => path.length > 0)
  const dimensionsOf = (name: string) =>
    (models.find((one) => one.name === name)?.dimensions ?? [])
      .filter((dimension) => dimension.public)
      .map((one) => one.name)
  return {
    name: `${model.name}_view`,
    title: model.label,
    cubes: [
      { join_path: model.name, includes: '*' },
      ...joined
        .filter(({ model: to }) => dimensionsOf(to).length > 0)
        .map(({ model: to, path }) => ({
          join_path: pathOf(model.name, path, to),
          prefix: true,
          includes: dimensionsOf(to),
        })),
    ],
  }
}

const pathOf = (from: string, path: readonly string[], to: string) =>
  [from, ...path.filter((step) => step !== from && step !== to), to].join('.')
