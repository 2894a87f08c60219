import { parseDocument } from 'yaml'
import type { PreAggregation } from '../../../definitions/index.ts'
import { fail } from '../../../diagnostics/index.ts'
import {
  assemble,
  createLosses,
  type Draft,
  filled,
  hasTemplate,
  type Lose,
  nameOf,
  type View,
} from '../../draft/index.ts'
import type { CubeFile, CubeModel, CubePreAggregation } from './cube-file.ts'
import { measuresOf } from './measures.ts'
import { isTemplated, modelOf } from './model.ts'
import { type Cubes, memberOf } from './sql.ts'

export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** Cubes of YAML files as semantic models. */
export function importCube(files: readonly SourceFile[], tenantKey: string | null): Draft {
  const { lose, list } = createLosses()
  const read = files.flatMap((file) => readFile(file, lose))
  const declared = read.flatMap(({ cubes = [] }) => cubes)
  const byName = new Map(declared.map((cube) => [cube.name, cube]))
  const cubes: Cubes = new Map(declared.map((cube) => [cube.name, extended(cube, byName)]))
  const parts = [...cubes.values()]
    .filter((cube) => isWhole(cubes, cube, lose))
    .map((cube) => ({ cube, ...modelOf(cubes, cube, tenantKey, lose) }))
  const views = parts.map(({ cube, model }): View => ({ model, measures: measuresOf(cubes, cube, lose) }))
  const { metrics, models } = assemble(views, lose)
  for (const { cube } of parts) reportRest(cube, lose)
  for (const view of read.flatMap(({ views = [] }) => views)) {
    if ((view.access_policy ?? []).length > 0)
      lose(
        'AM6210',
        `view:${view.name}`,
        'Its access policy is lost with the view.',
        'Write access rules for the semantic models.',
      )
    if (!cubes.has(view.name.replace(/_view$/, '')))
      lose(
        'AM6225',
        `view:${view.name}`,
        'Views have no counterpart; the members of its cubes are carried over.',
        'Ask the metrics; joins are found by themselves.',
      )
  }
  const stored = models.map((model) => {
    const cube = [...cubes.values()].find(({ name }) => nameOf(name) === model.name)
    const rollups = cube === undefined ? [] : rollupsOf(cubes, cube, new Map(metricNames(views, models)), lose)
    return rollups.length === 0 ? model : { ...model, pre_aggregations: rollups }
  })
  return {
    models: stored,
    metrics,
    sqlModels: parts.flatMap(({ sqlModel }) => sqlModel ?? []),
    losses: list(),
    notes: [],
  }
}

function isWhole(cubes: Cubes, cube: CubeModel, lose: Lose): boolean {
  if (!isTemplated(cubes, cube)) return true
  const members = [...(cube.dimensions ?? []), ...(cube.measures ?? [])].map(({ name }) => name)
  lose(
    'AM6224',
    `cube:${cube.name}`,
    `Its SQL depends on the query or on who asks. With it are lost: ${members.join(', ')}.`,
    'Write it as a SQL model without templates.',
  )
  return false
}

function readFile({ path, text }: SourceFile, lose: Lose): readonly CubeFile[] {
  if (/\.[cm]?[jt]s$/.test(path)) {
    lose(
      'AM6225',
      `file:${path}`,
      'It is code; only YAML is read.',
      'Write the cubes in YAML, or declare them by hand.',
    )
    return []
  }
  if (hasTemplate(text)) {
    lose(
      'AM6224',
      `file:${path}`,
      'It has Jinja templates.',
      'Write what they stand for into the file, then import again.',
    )
    return []
  }
  const document = parseDocument(text)
  const [error] = document.errors
  if (error !== undefined)
    fail('AM6202', `${path} is not YAML: ${error.message.split('\n')[0]}`, { hint: 'Mend it first.' })
  return [(document.toJS() ?? {}) as CubeFile]
}

/** A cube with what it inherits: members of the same name replace. */
function extended(cube: CubeModel, byName: ReadonlyMap<string, CubeModel>): CubeModel {
  const base = byName.get(String(cube.extends ?? '').replace(/[{}]/g, ''))
  if (base === undefined || base === cube) return cube
  const parent = extended(base, byName)
  const merged = <T extends { readonly name: string }>(under: readonly T[] = [], over: readonly T[] = []) => [
    ...under.filter(({ name }) => !over.some((other) => other.name === name)),
    ...over,
  ]
  return {
    ...parent,
    ...cube,
    joins: merged(parent.joins, cube.joins),
    dimensions: merged(parent.dimensions, cube.dimensions),
    measures: merged(parent.measures, cube.measures),
    segments: merged(parent.segments, cube.segments),
  }
}

const CUBE_KEYS = new Set([
  'name',
  'sql_table',
  'sql',
  'title',
  'description',
  'public',
  'shown',
  'extends',
  'joins',
  'dimensions',
  'measures',
  'segments',
  'hierarchies',
  'pre_aggregations',
  'access_policy',
  'meta',
])

function reportRest(cube: CubeModel, lose: Lose): void {
  const object = `cube:${cube.name}`
  for (const { name } of cube.segments ?? []) {
    lose(
      'AM6225',
      `segment:${cube.name}.${name}`,
      'Segments have no counterpart.',
      'Declare a boolean dimension with its condition.',
    )
  }
  const odd = Object.keys(cube).filter((key) => !CUBE_KEYS.has(key))
  const meta = Object.keys(cube.meta ?? {}).filter((key) => key !== 'agent_metrics')
  const left = [...odd, ...meta.map((key) => `meta.${key}`)]
  if (left.length > 0) lose('AM6234', object, `Left behind: ${left.join(', ')}.`, 'Nothing, unless people miss it.')
}

type Named = { readonly name: string; readonly metrics?: readonly { readonly name: string }[] }

/** Simple metrics by `cube.measure`: measures and their metrics stand in the same order. */
function metricNames(views: readonly View[], models: readonly Named[]): readonly (readonly [string, string])[] {
  return views.flatMap(({ measures, model }) => {
    const metrics = models.find(({ name }) => name === model.name)?.metrics ?? []
    const simple = measures.filter(({ body }) => 'simple' in body)
    return simple.map(({ name }, index) => [`${model.name}.${name}`, metrics[index]?.name ?? ''] as const)
  })
}

function rollupsOf(cubes: Cubes, cube: CubeModel, names: ReadonlyMap<string, string>, lose: Lose): PreAggregation[] {
  return (cube.pre_aggregations ?? []).flatMap((rollup) => {
    const metrics = (rollup.measures ?? []).flatMap((path) => names.get(memberOf(cubes, cube, path)?.key ?? '') ?? [])
    const dimensions = (rollup.dimensions ?? []).flatMap((path) => memberOf(cubes, cube, path)?.key ?? [])
    const whole =
      metrics.length === (rollup.measures ?? []).length && dimensions.length === (rollup.dimensions ?? []).length
    if ((rollup.type ?? 'rollup') !== 'rollup' || !whole || metrics.length === 0) {
      lose(
        'AM6231',
        `pre_aggregation:${cube.name}.${rollup.name}`,
        'It is no rollup of own measures and dimensions.',
        'Answers stay the same; declare `pre_aggregations` where they are slow.',
      )
      return []
    }
    reportRollup(cube, rollup, lose)
    return [
      filled({
        name: nameOf(rollup.name),
        metrics,
        dimensions: dimensions.length === 0 ? undefined : dimensions,
        grain: rollup.granularity,
        partition: rollup.partition_granularity,
      }) as PreAggregation,
    ]
  })
}

const ROLLUP_KEYS = new Set([
  'name',
  'type',
  'measures',
  'dimensions',
  'time_dimension',
  'granularity',
  'partition_granularity',
])

function reportRollup(cube: CubeModel, rollup: CubePreAggregation, lose: Lose): void {
  const odd = Object.keys(rollup).filter((key) => !ROLLUP_KEYS.has(key))
  if (odd.length > 0)
    lose(
      'AM6231',
      `pre_aggregation:${cube.name}.${rollup.name}`,
      `Left behind: ${odd.join(', ')}.`,
      'Stored aggregates here follow their data by themselves.',
    )
}
