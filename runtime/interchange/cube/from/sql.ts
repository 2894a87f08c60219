import { asColumn, editSql, inBraces, nameOf } from '../../draft/index.ts'
import type { CubeModel } from './cube-file.ts'

/** All cubes, by name. */
export type Cubes = ReadonlyMap<string, CubeModel>

/** SQL of Cube in the words of this project: dimensions and measures in braces, columns bare. */
export interface CubeSql {
  readonly sql: string
  /** Measures it names, as `cube.measure`. */
  readonly measures: readonly string[]
  readonly problem?: string
}

export function translateSql(cubes: Cubes, cube: CubeModel, text: string): CubeSql {
  const measures: string[] = []
  let problem: string | undefined
  const sql = editSql(text, (tokens, index) => {
    const path = inBraces(tokens[index])
    if (path === undefined) {
      if (tokens[index]?.kind === 'template') problem ??= `it is a template: ${tokens[index]?.text}`
      return undefined
    }
    const column = tokens[index + 1]?.text === '.' ? tokens[index + 2]?.text : undefined
    if (column !== undefined) {
      if (path === 'CUBE' || path === cube.name) return { text: column, count: 3 }
      problem ??= `it reads the column \`${column}\` of \`${path}\` without a dimension`
      return { text: column, count: 3 }
    }
    const member = memberOf(cubes, cube, path)
    if (member === undefined) {
      problem ??= `\`{${path}}\` names nothing that is known`
      return undefined
    }
    if (member.kind === 'measure') measures.push(member.key)
    return { text: `{${member.key}}` }
  })
  return { sql, measures, ...(problem !== undefined && { problem }) }
}

interface Member {
  readonly kind: 'dimension' | 'measure'
  /** As it is written here: measures with their cube, dimensions of the same cube without. */
  readonly key: string
}

export function memberOf(cubes: Cubes, cube: CubeModel, path: string): Member | undefined {
  const steps = path.split('.')
  const name = steps.at(-1) ?? ''
  const owner = steps.length > 1 && steps.at(-2) !== 'CUBE' ? cubes.get(steps.at(-2) ?? '') : cube
  if (owner === undefined) return undefined
  const own = owner === cube
  if ((owner.measures ?? []).some((measure) => measure.name === name)) {
    return { kind: 'measure', key: `${nameOf(owner.name)}.${name}` }
  }
  if (!(owner.dimensions ?? []).some((dimension) => dimension.name === name)) return undefined
  const elsewhere = [...cubes.values()].some(
    (other) => other !== owner && (other.dimensions ?? []).some((dimension) => nameOf(dimension.name) === nameOf(name)),
  )
  return { kind: 'dimension', key: own && !elsewhere ? nameOf(name) : `${nameOf(owner.name)}.${nameOf(name)}` }
}

/** The column that one side of a join's equality means, and whose. */
export function sideOf(cubes: Cubes, cube: CubeModel, text: string): { cube: CubeModel; column: string } | undefined {
  const [, path = '', direct] = /^\(?\s*\$?\{\s*([\w.]+)\s*\}(?:\s*\.\s*("[^"]+"|\w+))?\s*\)?$/.exec(text.trim()) ?? []
  if (path === '') return undefined
  if (direct !== undefined) {
    const owner = path === 'CUBE' ? cube : cubes.get(path)
    return owner && { cube: owner, column: direct.replaceAll('"', '') }
  }
  const steps = path.split('.')
  const owner = steps.length === 1 || steps[0] === 'CUBE' ? cube : cubes.get(steps.at(-2) ?? '')
  const dimension = owner?.dimensions?.find(({ name }) => name === steps.at(-1))
  if (owner === undefined || dimension === undefined) return undefined
  const column = asColumn(translateSql(cubes, owner, dimension.sql ?? dimension.name).sql)
  return column === undefined ? undefined : { cube: owner, column }
}
