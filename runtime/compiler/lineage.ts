import { sqlColumns } from './expression/index.ts'
import type { DimensionRef, LineageEdge, Manifest, Metric, SemanticModel, SqlExpression } from './manifest.ts'
import { sorted } from './project/index.ts'

type Compiled = Omit<Manifest, 'lineage' | 'manifestVersion' | 'project'>

interface Used {
  readonly metrics: readonly { readonly node: string; readonly metric: string }[]
  readonly dimensions: readonly { readonly node: string; readonly ref: DimensionRef }[]
}

/** What is made of what, from tables outside to alerts and reports. */
export function compileLineage(compiled: Compiled, used: Used): readonly LineageEdge[] {
  const isNode = nodesOf(compiled)
  const relationOf = new Map(compiled.models.map(({ name, relation }) => [name, relation]))
  const graph = new Map<string, Set<string>>()
  const add = ({ from, to }: LineageEdge) => {
    if (!isNode(from) || !isNode(to)) return
    const uses = graph.get(from)
    if (uses === undefined) graph.set(from, new Set([to]))
    else uses.add(to)
  }
  for (const edge of relationEdges(compiled)) add(edge)
  for (const model of compiled.models) for (const edge of modelEdges(compiled, model)) add(edge)
  for (const metric of compiled.metrics) for (const edge of metricEdges(relationOf, metric)) add(edge)
  for (const { metric, node } of used.metrics) add({ from: `metric:${metric}`, to: node })
  for (const { node, ref } of used.dimensions) add({ from: dimensionNode(ref), to: node })
  for (const { dashboard, name } of compiled.reports) {
    if (dashboard !== undefined) add({ from: `dashboard:${dashboard}`, to: `report:${name}` })
  }
  return sorted(graph.keys()).flatMap((from) => sorted(graph.get(from) ?? []).map((to) => ({ from, to })))
}

const dimensionNode = ({ dimension, model }: DimensionRef) => `dimension:${model}.${dimension}`

/** Parts that were left out have no place in the lineage; columns and tables outside always have. */
function nodesOf({ alerts, dashboards, metrics, models, relations, reports }: Compiled): (node: string) => boolean {
  const named = (kind: string, list: readonly { readonly name: string }[]) => list.map(({ name }) => `${kind}:${name}`)
  const nodes = new Set([
    ...named('relation', relations),
    ...named('model', models),
    ...named('metric', metrics),
    ...named('dashboard', dashboards),
    ...named('alert', alerts),
    ...named('report', reports),
    ...models.flatMap((model) => model.dimensions.map(({ name }) => `dimension:${model.name}.${name}`)),
  ])
  return (node) => nodes.has(node) || node.startsWith('column:') || node.startsWith('source:')
}

const relationEdges = ({ relations }: Compiled): readonly LineageEdge[] =>
  relations.flatMap(({ name, refs, sources }) => [
    ...refs.map((ref) => ({ from: `relation:${ref}`, to: `relation:${name}` })),
    ...sources.map((source) => ({ from: `source:${source}`, to: `relation:${name}` })),
  ])

/** The node of what a semantic model reads: a model of models/, a declared source, or a table of the warehouse. */
function relationNode({ relations, sources }: Compiled, relation: string): string {
  if (relations.some(({ name }) => name === relation)) return `relation:${relation}`
  const source = sources.find(({ name, schema }) => `${schema}.${name}` === relation)
  return source === undefined ? `source:${relation}` : `source:${source.group}.${source.name}`
}

function modelEdges(compiled: Compiled, model: SemanticModel): readonly LineageEdge[] {
  const relation = relationNode(compiled, model.relation)
  const columns = model.columns.map(({ name }) => ({ from: relation, to: `column:${model.relation}.${name}` }))
  const dimensions = model.dimensions.flatMap(({ name, sql }) => {
    const to = `dimension:${model.name}.${name}`
    return [{ from: `model:${model.name}`, to }, ...sqlEdges(model.relation, sql, to)]
  })
  return [{ from: relation, to: `model:${model.name}` }, ...columns, ...dimensions]
}

function sqlEdges(relation: string, sql: SqlExpression, to: string): readonly LineageEdge[] {
  return sql.flatMap((part) => {
    if ('text' in part) return sqlColumns(part.text).map((column) => ({ from: `column:${relation}.${column}`, to }))
    return 'dimension' in part ? [{ from: dimensionNode(part), to }] : []
  })
}

function metricEdges(relationOf: ReadonlyMap<string, string>, metric: Metric): readonly LineageEdge[] {
  const to = `metric:${metric.name}`
  if (metric.type !== 'simple') return directMetrics(metric).map((name) => ({ from: `metric:${name}`, to }))
  const relation = relationOf.get(metric.model) ?? ''
  return [
    { from: `model:${metric.model}`, to },
    ...sqlEdges(relation, [...(metric.sql ?? []), ...(metric.filter ?? [])], to),
  ]
}

/** Metrics that a definition names. */
function directMetrics(metric: Exclude<Metric, { type: 'simple' }>): readonly string[] {
  const { definition } = metric
  if ('numerator' in definition) return [definition.numerator, definition.denominator]
  if ('metric' in definition) return [definition.metric]
  return [...definition.expr.matchAll(/\{\s*([a-z][a-z0-9_]*)\s*\}/g)].map(([, name = '']) => name)
}
