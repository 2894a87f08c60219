import type { Dimension, Join, SemanticModel } from '../../../definitions/index.ts'
import { asColumn, filled, type Lose, labelOf, nameOf, type SqlModel } from '../../draft/index.ts'
import { accessOf } from './access.ts'
import type { CubeDimension, CubeJoin, CubeModel } from './cube-file.ts'
import { type Cubes, memberOf, sideOf, translateSql } from './sql.ts'

/** A cube without its measures, and the SQL model where it is a query. */
export function modelOf(
  cubes: Cubes,
  cube: CubeModel,
  tenantKey: string | null,
  lose: Lose,
): { readonly model: SemanticModel; readonly sqlModel: SqlModel | undefined } {
  const sqlModel = sqlModelOf(cubes, cube)
  const dimensions = (cube.dimensions ?? [])
    .filter(({ name }) => name !== tenantKey)
    .flatMap((dimension) => dimensionOf(cubes, cube, dimension, lose))
  const meta = (cube.meta?.agent_metrics ?? {}) as { owner?: string; shared?: boolean }
  const model = filled({
    name: nameOf(cube.name),
    label: labelOf(cube.title, nameOf(cube.name)),
    description: cube.description,
    relation: sqlModel?.name ?? relationOf(cube),
    primary_key: primaryKeyOf(cubes, cube, lose),
    time_dimension: timeOf(cube, lose),
    shared: meta.shared,
    owner: meta.owner,
    joins: nonEmpty((cube.joins ?? []).flatMap((join) => joinOf(cubes, cube, join, tenantKey, lose))),
    dimensions: nonEmpty(dimensions),
    hierarchies: nonEmpty(hierarchiesOf(cubes, cube)),
    access: nonEmpty(accessOf(cubes, cube, tenantKey, lose)),
  }) as SemanticModel
  return { model, sqlModel }
}

const nonEmpty = <T>(items: readonly T[]): T[] | undefined => (items.length === 0 ? undefined : [...items])

const SELECT_ALL = /^\s*select\s+\*\s+from\s+([\w."]+)\s*;?\s*$/i

function relationOf({ name, sql, sql_table }: CubeModel): string {
  return (sql_table ?? SELECT_ALL.exec(sql ?? '')?.[1] ?? name).trim().replaceAll('"', '')
}

function sqlModelOf(cubes: Cubes, { name, sql }: CubeModel): SqlModel | undefined {
  if (sql === undefined || SELECT_ALL.test(sql)) return undefined
  return { name: nameOf(name), sql: withRefs(cubes, sql).trim().replace(/;$/, '') }
}

const withRefs = (cubes: Cubes, sql: string) =>
  sql.replace(/\$?\{\s*(\w+)\.sql\(\)\s*\}/g, (text, other: string) => {
    const cube = cubes.get(other)
    if (cube === undefined) return text
    return cube.sql === undefined ? relationOf(cube) : `{{ref "${nameOf(other)}"}}`
  })

/** True where the SQL of a cube depends on the query or on who asks. */
export const isTemplated = (cubes: Cubes, { sql = '' }: CubeModel): boolean =>
  /\{/.test(withRefs(cubes, sql).replace(/\{\{ref "\w+"\}\}/g, ''))

function primaryKeyOf(cubes: Cubes, cube: CubeModel, lose: Lose): string | undefined {
  const keys = (cube.dimensions ?? []).filter(({ primary_key, sql }) => primary_key === true && sql !== '1')
  const [key, ...others] = keys
  if (key === undefined) return undefined
  const column = asColumn(translateSql(cubes, cube, key.sql ?? key.name).sql)
  if (column !== undefined && others.length === 0) return column
  lose(
    'AM6226',
    `cube:${cube.name}`,
    others.length > 0 ? 'Its primary key is of several columns.' : `Its primary key is the expression \`${key.sql}\`.`,
    'Add one column that identifies a row.',
  )
  return undefined
}

function timeOf(cube: CubeModel, lose: Lose): string | undefined {
  const named = (cube.meta?.agent_metrics as { time_dimension?: string } | undefined)?.time_dimension
  const times = (cube.dimensions ?? []).filter(({ type }) => type === 'time').map(({ name }) => name)
  const [first] = times
  if (named !== undefined || first === undefined || 'agent_metrics' in (cube.meta ?? {})) return named
  if (times.length > 1) {
    lose(
      'AM6230',
      `cube:${cube.name}`,
      `Any of ${times.join(', ')} can be its time there; here grains mean \`${nameOf(first)}\`.`,
      'Set `time_dimension`, or declare a second semantic model for the other time.',
    )
  }
  return nameOf(first)
}

const RELATIONSHIPS: Readonly<Record<string, Join['relationship']>> = {
  many_to_one: 'many_to_one',
  belongs_to: 'many_to_one',
  one_to_one: 'one_to_one',
  has_one: 'one_to_one',
  one_to_many: 'one_to_many',
  has_many: 'one_to_many',
}

function joinOf(cubes: Cubes, cube: CubeModel, join: CubeJoin, tenantKey: string | null, lose: Lose): readonly Join[] {
  const object = `join:${cube.name}.${join.name}`
  const target = cubes.get(join.name)
  const pairs = join.sql
    .split(/\s+and\s+/i)
    .map((part) => part.split(/(?<![<>!])=/).map((side) => sideOf(cubes, cube, side)))
  const equal = pairs.filter(([a, b]) => !(a?.column === tenantKey && b?.column === tenantKey))
  const [[one, other] = []] = equal
  const here = [one, other].find((side) => side?.cube === cube)
  const there = [one, other].find((side) => side !== undefined && side.cube === target)
  if (target === undefined || equal.length !== 1 || here === undefined || there === undefined) {
    lose(
      'AM6226',
      object,
      `It is joined by \`${join.sql}\`.`,
      'Make one column of each side that are equal, and join those.',
    )
    return []
  }
  const key = (target.dimensions ?? []).find(({ primary_key }) => primary_key === true)
  const keyColumn = key && asColumn(translateSql(cubes, target, key.sql ?? key.name).sql)
  const relationship = RELATIONSHIPS[join.relationship.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]
  const short = keyColumn === there.column && relationship !== 'one_to_many'
  return [
    filled({
      to: nameOf(target.name),
      on: short ? here.column : { left: here.column, right: there.column },
      relationship: relationship === 'many_to_one' ? undefined : relationship,
    }) as Join,
  ]
}

const DIMENSION_KEYS = new Set([
  'name',
  'sql',
  'type',
  'primary_key',
  'public',
  'shown',
  'title',
  'description',
  'meta',
])

function dimensionOf(cubes: Cubes, cube: CubeModel, dimension: CubeDimension, lose: Lose): readonly Dimension[] {
  const object = `dimension:${cube.name}.${dimension.name}`
  if ((dimension.meta?.agent_metrics as { part?: boolean } | undefined)?.part === true) return []
  const name = nameOf(dimension.name)
  const known = ['string', 'number', 'boolean', 'time'].find((type) => type === dimension.type)
  const odd = Object.keys(dimension).filter((key) => !DIMENSION_KEYS.has(key) && key !== 'format')
  const translated = translateSql(cubes, cube, dimension.sql ?? '')
  const problem = oddityOf(
    dimension,
    known,
    translated.problem ?? (translated.measures.length > 0 ? 'it reads measures' : undefined),
  )
  if (problem !== undefined) {
    lose('AM6227', object, `It cannot be carried over: ${problem}.`, 'Put the value into a column.')
    return []
  }
  if (odd.length > 0) lose('AM6234', object, `Left behind: ${odd.join(', ')}.`, 'Nothing, unless people miss it.')
  if (dimension.public === false && dimension.primary_key !== true)
    lose(
      'AM6211',
      object,
      'It is not public there; dimensions here can be seen by everybody.',
      'Hide it with an access rule.',
    )
  if (name !== dimension.name)
    lose('AM6235', object, `It is called \`${name}\` here.`, 'Use the new name in questions.')
  const meta = (dimension.meta?.agent_metrics ?? {}) as Partial<Dimension>
  return [
    filled({
      name,
      type: meta.type ?? known,
      label: labelOf(dimension.title, name),
      description: dimension.description,
      sql: asColumn(translated.sql) === name ? undefined : translated.sql,
      values: meta.values,
      synonyms: meta.synonyms,
      tags: meta.tags,
    }) as Dimension,
  ]
}

function oddityOf(dimension: CubeDimension, type: string | undefined, problem: string | undefined): string | undefined {
  if (type === undefined) return `it is of type ${dimension.type}`
  if (dimension.sub_query === true) return 'it is a subquery'
  if (dimension.case !== undefined) return 'it is a `case` with labels'
  if (dimension.multi_stage === true) return 'it is multi-stage'
  return dimension.sql === undefined ? 'it has no `sql`' : problem
}

function hierarchiesOf(cubes: Cubes, cube: CubeModel) {
  return (cube.hierarchies ?? []).map(({ levels = [], name, title }) =>
    filled({
      name: nameOf(name),
      label: title,
      levels: levels.map((level) => memberOf(cubes, cube, level)?.key ?? level),
    }),
  )
}
