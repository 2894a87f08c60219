import type { Relation, SourceTable } from '../manifest.ts'
import { compareText, cyclePath, findCycles, type Project, sorted } from '../project/index.ts'
import { checkRelation } from './check-relation.ts'
import { compileDataTests } from './data-tests.ts'
import { declareRelations, placeIn, type RelationNode } from './relation-node.ts'
import { compileSources, type DeclaredSource } from './sources.ts'
import { mentions, selectsAll, withoutSemicolon } from './sql-shape.ts'

/** The model DAG, and what can be said about the columns of relations. */
export interface RelationSet {
  readonly relations: readonly Relation[]
  readonly sources: readonly SourceTable[]
  /** Every declared model, the broken ones included. */
  readonly names: ReadonlySet<string>
  isBroken(relation: string): boolean
  /** False only where the relation certainly lacks the column. */
  mayHave(relation: string, column: string): boolean
  /** SQL type of a column as declared, or null. */
  typeOf(relation: string, column: string): string | null
}

export function compileRelations(project: Project): RelationSet {
  const sources = compileSources(project)
  const nodes = declareRelations(project)
  const names = new Set(nodes.keys())
  const sound = soundNodes(project, nodes, new Set(sources.keys()))
  const relations = [...nodes.values()]
    .filter(({ name }) => sound.has(name))
    .map((node) => relationOf(project, node, names))
    .sort((a, b) => compareText(a.name, b.name))
  return {
    relations,
    sources: [...sources.values()].map(({ table }) => table),
    names,
    isBroken: (relation) => names.has(relation) && !sound.has(relation),
    mayHave: (relation, column) => mayHave(nodes, sources, relation, column, new Set()),
    typeOf: (relation, column) => typeOf(nodes, sources, relation, column),
  }
}

function soundNodes(project: Project, nodes: ReadonlyMap<string, RelationNode>, sources: ReadonlySet<string>) {
  const names = { relations: new Set(nodes.keys()), sources }
  const broken = new Set(
    [...nodes.values()].filter((node) => !checkRelation(project, node, names)).map(({ name }) => name),
  )
  const next = (name: string) => sorted((nodes.get(name)?.template.refs ?? []).map((ref) => ref.name))
  for (const cycle of findCycles(nodes.keys(), next)) {
    reportCycle(project, nodes, cycle)
    for (const name of cycle) broken.add(name)
  }
  const known = new Map<string, boolean>()
  const isSound = (name: string): boolean => {
    const sound = known.get(name) ?? (!broken.has(name) && next(name).every(isSound))
    known.set(name, sound)
    return sound
  }
  return new Set([...nodes.keys()].filter(isSound))
}

function reportCycle({ report }: Project, nodes: ReadonlyMap<string, RelationNode>, cycle: readonly string[]): void {
  const places = cycle.flatMap((name, index) => {
    const node = nodes.get(name)
    const following = cycle[(index + 1) % cycle.length]
    const ref = node?.template.refs.find((candidate) => candidate.name === following)
    return node && ref ? [{ name, following, at: placeIn(node.sqlFile, ref.line, ref.column, refEnd(ref)) }] : []
  })
  const message =
    cycle.length === 1
      ? `Model \`${cycle[0]}\` reads itself.`
      : `Models read one another in a circle: ${cyclePath(cycle)}.`
  report('AM1406', message, {
    at: places[0]?.at,
    hint: cycle.length === 1 ? 'To read the rows it has so far write `{{this}}`.' : 'Remove one of these references.',
    related: places.slice(1).map(({ name, following, at }) => ({ message: `\`${name}\` reads \`${following}\``, at })),
  })
}

const refEnd = ({ endLine, endColumn }: { readonly endLine?: number; readonly endColumn?: number }) =>
  endLine === undefined || endColumn === undefined ? undefined : { line: endLine, column: endColumn }

function keepOf(tags: readonly string[]): Pick<Relation, 'keep'> {
  const keep = (['detail', 'aggregate'] as const).find((tag) => tags.includes(tag))
  return keep === undefined ? {} : { keep }
}

function relationOf(project: Project, node: RelationNode, names: ReadonlySet<string>): Relation {
  const { name, settings, sqlFile, template } = node
  const key = settings.unique_key ?? []
  return {
    name,
    description: settings.description ?? '',
    materialized: settings.materialized ?? 'view',
    refresh: settings.refresh ?? 'real_time',
    uniqueKey: typeof key === 'string' ? [key] : key,
    ...keepOf(settings.tags ?? []),
    sql: withoutSemicolon(sqlFile.sql),
    refs: sorted(template.refs.map((ref) => ref.name)),
    sources: sorted(template.sources.map((source) => `${source.group}.${source.name}`)),
    columns: (settings.columns ?? []).map((column) => ({ name: column.name, description: column.description ?? '' })),
    tests: compileDataTests(project, node, names),
    source: { file: sqlFile.file, line: sqlFile.firstLine },
  }
}

function mayHave(
  nodes: ReadonlyMap<string, RelationNode>,
  sources: ReadonlyMap<string, DeclaredSource>,
  relation: string,
  column: string,
  seen: ReadonlySet<string>,
): boolean {
  const node = nodes.get(relation)
  if (node === undefined) {
    return sourceOf(sources, relation)?.columns.has(column) ?? false
  }
  const declared = (node.settings.columns ?? []).some(({ name }) => name === column)
  if (declared || mentions(node.sqlFile.sql, column)) return true
  if (!selectsAll(node.sqlFile.sql) || seen.has(relation)) return false
  const { refs, sources: read } = node.template
  const deeper = new Set([...seen, relation])
  return (
    refs.some((ref) => mayHave(nodes, sources, ref.name, column, deeper)) ||
    read.some(({ group, name }) => mayHaveSource(sources.get(`${group}.${name}`), column)) ||
    (refs.length === 0 && read.length === 0)
  )
}

/** A source whose columns were not declared may have any. */
const mayHaveSource = (source: DeclaredSource | undefined, column: string) =>
  source === undefined || source.columns.size === 0 || source.columns.has(column)

const sourceOf = (sources: ReadonlyMap<string, DeclaredSource>, relation: string): DeclaredSource | undefined =>
  [...sources.values()].find(({ table }) => `${table.schema}.${table.name}` === relation)

function typeOf(
  nodes: ReadonlyMap<string, RelationNode>,
  sources: ReadonlyMap<string, DeclaredSource>,
  relation: string,
  column: string,
): string | null {
  const declared = nodes.get(relation)?.settings.columns?.find(({ name }) => name === column)
  return declared?.type ?? sourceOf(sources, relation)?.columns.get(column) ?? null
}
