import type { Dimension, DimensionRef, SqlExpression } from '../manifest.ts'
import { compareText, cyclePath, findCycles, inside, labelOf, located, type Project } from '../project/index.ts'
import type { DimensionSpace } from './dimension-space.ts'
import type { DimensionNode, ModelNode } from './model-node.ts'
import { columnSql, resolveRowSql } from './resolve-sql.ts'

const keyOf = ({ model, dimension }: DimensionRef) => `${model}.${dimension}`

/** The SQL of every dimension that is sound, by `model.dimension`; the others were reported. */
export function resolveDimensions(project: Project, space: DimensionSpace): ReadonlyMap<string, SqlExpression> {
  const expressions = new Map<string, SqlExpression>()
  for (const node of space.nodes.values()) {
    for (const dimension of node.dimensions.values()) {
      const sql = sqlOf(project, space, dimension)
      if (sql !== null) expressions.set(`${node.name}.${dimension.name}`, sql)
    }
  }
  for (const key of unsound(project, space, expressions)) expressions.delete(key)
  return expressions
}

function sqlOf(
  project: Project,
  space: DimensionSpace,
  { declared, model, name }: DimensionNode,
): SqlExpression | null {
  const sql = declared?.value.sql
  if (declared == null || sql === undefined) return columnSql(name)
  return resolveRowSql(project, space, model, inside(declared, ['sql'], sql), 'dimension')
}

/** Dimensions in a circle, and those that read a dimension that is not there. */
function unsound(
  project: Project,
  space: DimensionSpace,
  all: ReadonlyMap<string, SqlExpression>,
): ReadonlySet<string> {
  const next = (key: string) => dimensionsIn(all.get(key) ?? []).map(keyOf)
  const broken = new Set<string>()
  for (const cycle of findCycles(all.keys(), next)) {
    reportCycle(project, space, cycle)
    for (const key of cycle) broken.add(key)
  }
  const known = new Map<string, boolean>()
  const isSound = (key: string): boolean => {
    const sound = known.get(key) ?? (all.has(key) && !broken.has(key) && next(key).every(isSound))
    known.set(key, sound)
    return sound
  }
  return new Set([...all.keys()].filter((key) => !isSound(key)))
}

export const dimensionsIn = (expression: SqlExpression): readonly DimensionRef[] =>
  expression.flatMap((part) => ('dimension' in part ? [{ model: part.model, dimension: part.dimension }] : []))

function reportCycle({ report }: Project, space: DimensionSpace, cycle: readonly string[]): void {
  const places = cycle.flatMap((key) => {
    const [model = '', dimension = ''] = key.split('.')
    const declared = space.get({ model, dimension })?.declared
    return declared == null ? [] : [{ key, at: declared.at(['sql']) }]
  })
  const [first = ''] = cycle
  const column = first.split('.')[1]
  const message =
    cycle.length === 1
      ? `The SQL of dimension \`${first}\` refers to itself.`
      : `The SQL of dimensions refers in a circle: ${cyclePath(cycle)}.`
  report('AM1213', message, {
    at: places[0]?.at,
    hint:
      cycle.length === 1
        ? `To read the column of that name write \`${column}\` without braces.`
        : 'Write one of them over columns.',
    related: places.slice(1).map(({ key, at }) => ({ message: `\`${key}\` is part of the circle`, at })),
  })
}

/** The dimensions of one model as the manifest has them. */
export function compileDimensions(
  node: ModelNode,
  expressions: ReadonlyMap<string, SqlExpression>,
): readonly Dimension[] {
  return [...node.dimensions.values()]
    .flatMap((dimension) => {
      const sql = expressions.get(`${node.name}.${dimension.name}`)
      return sql === undefined ? [] : [dimensionOf(node, dimension, sql)]
    })
    .sort((a, b) => compareText(a.name, b.name))
}

function dimensionOf(
  node: ModelNode,
  { declared, name, public: isPublic, type }: DimensionNode,
  sql: SqlExpression,
): Dimension {
  const value = declared?.value
  return {
    name,
    type,
    label: value?.label ?? labelOf(name),
    description: value?.description ?? '',
    sql,
    values: value?.values ?? null,
    ...(value?.labels === undefined ? {} : { labels: value.labels }),
    ...(value?.statuses === undefined ? {} : { statuses: value.statuses }),
    synonyms: value?.synonyms ?? [],
    tags: value?.tags ?? [],
    public: isPublic,
    ...located(declared ?? node.declared),
  }
}
