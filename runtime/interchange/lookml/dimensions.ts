import type { Dimension } from '../../definitions/index.ts'
import { asColumn, filled, type Lose, labelOf, nameOf } from '../draft/index.ts'
import { type Block, blocksOf, textOf } from './lookml-file.ts'
import { translateSql, type Views } from './sql.ts'

const TYPES: Readonly<Record<string, Dimension['type']>> = {
  string: 'string',
  zipcode: 'string',
  number: 'number',
  yesno: 'boolean',
  time: 'time',
  date: 'time',
  date_time: 'time',
}

/** Dimensions and groups of times of a view. */
export function dimensionsOf(views: Views, view: Block, lose: Lose): readonly Dimension[] {
  const plain = Object.entries(blocksOf(view, 'dimension')).flatMap(([name, block]) =>
    dimensionOf(views, view, name, block, lose),
  )
  const groups = Object.entries(blocksOf(view, 'dimension_group')).flatMap(([name, block]) =>
    groupOf(views, view, name, block, lose),
  )
  return [...plain, ...groups]
}

function dimensionOf(views: Views, view: Block, name: string, block: Block, lose: Lose): readonly Dimension[] {
  const object = `dimension:${view.$name}.${name}`
  const type = TYPES[textOf(block, 'type') ?? 'string']
  reportField(object, block, lose)
  if (type === undefined || block.case !== undefined) {
    const what = block.case === undefined ? `it is of type \`${block.type}\`` : 'it is a `case` with labels'
    lose('AM6227', object, `It cannot be carried over: ${what}.`, 'Declare it with a CASE expression.')
    return []
  }
  return translated(views, view, name, block, type, object, lose)
}

const GRAINS = new Set(['raw', 'time', 'hour', 'date', 'week', 'month', 'quarter', 'year'])

function groupOf(views: Views, view: Block, name: string, block: Block, lose: Lose): readonly Dimension[] {
  const object = `dimension_group:${view.$name}.${name}`
  reportField(object, block, lose)
  if (textOf(block, 'type') === 'duration') {
    lose(
      'AM6227',
      object,
      'It is a length of time between two columns.',
      'Declare a number dimension with the difference.',
    )
    return []
  }
  const others = ((block.timeframes ?? []) as readonly string[]).filter((frame) => !GRAINS.has(frame))
  if (others.length > 0) {
    lose('AM6230', object, `There are no grains ${others.join(', ')}.`, 'Declare dimensions with `extract(… from …)`.')
  }
  if (block.convert_tz === false) {
    lose(
      'AM6230',
      object,
      'It is not converted to the time zone of the person asking; here all times are.',
      'Ask in UTC.',
    )
  }
  return translated(views, view, name, block, 'time', object, lose)
}

function translated(
  views: Views,
  view: Block,
  name: string,
  block: Block,
  type: Dimension['type'],
  object: string,
  lose: Lose,
): readonly Dimension[] {
  const { measures, problem, sql } = translateSql(views, view, textOf(block, 'sql') ?? name)
  if (problem !== undefined || measures.length > 0) {
    const code = problem?.includes('Liquid') ? 'AM6224' : 'AM6227'
    lose(code, object, `It cannot be carried over: ${problem ?? 'it reads measures'}.`, 'Put the value into a column.')
    return []
  }
  const own = nameOf(name)
  if (own !== name) lose('AM6235', object, `It is called \`${own}\` here.`, 'Use the new name in questions.')
  return [
    filled({
      name: own,
      type,
      label: labelOf(textOf(block, 'label'), own),
      description: textOf(block, 'description'),
      sql: asColumn(sql) === own ? undefined : sql,
    }) as Dimension,
  ]
}

const FIELD_KEYS = new Set([
  '$name',
  'type',
  'sql',
  'label',
  'description',
  'primary_key',
  'timeframes',
  'datatype',
  'convert_tz',
  'hidden',
  'required_access_grants',
  'value_format',
  'value_format_name',
  'filters',
  'percentile',
  'case',
  'tiers',
  'style',
  'intervals',
  'sql_start',
  'sql_end',
  'sql_latitude',
  'sql_longitude',
  'sql_distinct_key',
  'list_field',
  'alias',
])

/** What a field has besides its meaning: who may see it, and how it is shown. */
export function reportField(object: string, block: Block, lose: Lose): void {
  const grants = (block.required_access_grants ?? []) as readonly string[]
  if (grants.length > 0) {
    lose(
      'AM6210',
      object,
      `It is for people with the access grants ${grants.join(', ')}; here everybody sees it.`,
      'Hide it from roles with an access rule.',
    )
  }
  if (block.hidden === true) {
    lose('AM6211', object, 'It is hidden there and visible here.', 'Hide it with an access rule, or remove it.')
  }
  const odd = Object.keys(block).filter((key) => !FIELD_KEYS.has(key))
  if (odd.length > 0) lose('AM6234', object, `Left behind: ${odd.join(', ')}.`, 'Nothing, unless people miss it.')
}
