import { asColumn, editSql, hasTemplate, inBraces, nameOf } from '../draft/index.ts'
import { type Block, blocksOf, textOf } from './lookml-file.ts'

export type Views = ReadonlyMap<string, Block>

/** SQL of LookML in the words of this project. */
export interface LookmlSql {
  readonly sql: string
  /** Measures it names, as `view.measure`. */
  readonly measures: readonly string[]
  readonly problem?: string
}

export function translateSql(views: Views, view: Block, text: string): LookmlSql {
  if (hasTemplate(text)) return { sql: text, measures: [], problem: 'it is a Liquid template' }
  const measures: string[] = []
  let problem: string | undefined
  const sql = editSql(text.replace(/;+\s*$/, ''), (tokens, index) => {
    const path = inBraces(tokens[index])
    if (path === undefined) return undefined
    if (path === 'TABLE' && tokens[index + 1]?.text === '.') return { text: tokens[index + 2]?.text ?? '', count: 3 }
    const field = fieldOf(views, view, path)
    if (field === undefined) {
      problem ??= `\`\${${path}}\` names nothing that is known`
      return undefined
    }
    if (field.kind === 'measure') measures.push(field.sql.slice(1, -1))
    return { text: field.sql }
  })
  return { sql, measures, ...(problem !== undefined && { problem }) }
}

export interface Field {
  readonly kind: 'dimension' | 'measure' | 'time'
  /** As it is written here. */
  readonly sql: string
  readonly block: Block
}

const TRUNCATED = new Set(['date', 'week', 'month', 'quarter', 'year', 'hour'])

/** A field by `name` or `view.name`; times of a dimension group are its time cut to their grain. */
export function fieldOf(views: Views, view: Block, path: string): Field | undefined {
  const [first = '', second] = path.split('.')
  const owner = second === undefined ? view : views.get(first)
  const name = second ?? first
  if (owner === undefined) return undefined
  const measure = blocksOf(owner, 'measure')[name]
  if (measure !== undefined) return { kind: 'measure', sql: `{${nameOf(owner.$name ?? '')}.${name}}`, block: measure }
  const dimension = blocksOf(owner, 'dimension')[name]
  if (dimension !== undefined) return { kind: 'dimension', sql: reference(views, view, owner, name), block: dimension }
  return timeframeOf(views, view, owner, name)
}

function timeframeOf(views: Views, view: Block, owner: Block, name: string): Field | undefined {
  const groups = blocksOf(owner, 'dimension_group')
  const group = Object.keys(groups).find((one) => name === one || name.startsWith(`${one}_`))
  const block = group === undefined ? undefined : groups[group]
  if (group === undefined || block === undefined || block.type === 'duration') return undefined
  const frame = name.slice(group.length + 1)
  const sql = reference(views, view, owner, group)
  if (frame === '' || frame === 'raw' || frame === 'time') return { kind: 'time', sql, block }
  if (!TRUNCATED.has(frame)) return undefined
  return { kind: 'time', sql: `date_trunc('${frame === 'date' ? 'day' : frame}', ${sql})`, block }
}

function reference(views: Views, view: Block, owner: Block, name: string): string {
  const declares = (one: Block) => name in blocksOf(one, 'dimension') || name in blocksOf(one, 'dimension_group')
  const alone = owner === view && [...views.values()].filter(declares).length <= 1
  return alone ? `{${nameOf(name)}}` : `{${nameOf(owner.$name ?? '')}.${nameOf(name)}}`
}

/** The column of a dimension, where its SQL is nothing else. */
export function columnOf(views: Views, view: Block, name: string): string | undefined {
  const dimension = blocksOf(view, 'dimension')[name]
  if (dimension === undefined) return undefined
  return asColumn(translateSql(views, view, textOf(dimension, 'sql') ?? name).sql)
}
