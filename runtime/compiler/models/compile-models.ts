import type { Metric, ModelAccess, SemanticModel } from '../manifest.ts'
import { byName, compareText, labelOf, located, type Project } from '../project/index.ts'
import type { RelationSet } from '../relations/index.ts'
import { columnsOf, keyColumns } from './columns.ts'
import { compileDimensions } from './dimensions.ts'
import { compileHierarchies } from './hierarchies.ts'
import type { ModelNode } from './model-node.ts'
import type { ModelSet } from './model-set.ts'
import { compilePreAggregations } from './pre-aggregations.ts'

/** The semantic models as the manifest has them. */
export function compileModels(
  project: Project,
  relations: RelationSet,
  models: ModelSet,
  metrics: readonly Metric[],
  access: ReadonlyMap<string, readonly ModelAccess[]>,
): readonly SemanticModel[] {
  const nodes = [...models.space.nodes.values()]
  const joins = new Map(nodes.map(({ name }) => [name, models.space.graph.joinsOf(name)]))
  const keys = keyColumns(joins)
  const own = groupBy(metrics, (metric) => (metric.type === 'simple' ? metric.model : null))
  const atHome = groupBy(metrics, ({ home }) => ('model' in home ? home.model : null))
  const compile = (node: ModelNode): SemanticModel => {
    const { name } = node
    const { value } = node.declared
    const dimensions = compileDimensions(node, models.expressions)
    return {
      name,
      label: value.label ?? labelOf(name),
      description: value.description ?? '',
      owner: value.owner ?? null,
      relation: value.relation,
      primaryKey: node.primaryKey,
      timeDimension: models.timeDimension(name) ?? null,
      tenant: node.tenant,
      joins: joins.get(name) ?? [],
      dimensions,
      hierarchies: compileHierarchies(project, models.space, node),
      reachable: reachableFrom(models, name),
      access: access.get(name) ?? [],
      preAggregations: compilePreAggregations(project, models, node, atHome.get(name) ?? []),
      columns: columnsOf({
        node,
        tenantKey: project.config.tenancy?.key ?? null,
        dimensions,
        metrics: own.get(name) ?? [],
        keys: keys.get(name) ?? new Set(),
        sqlType: (column) => relations.typeOf(value.relation, column),
      }),
      ...located(node.declared),
    }
  }
  return nodes.map(compile).sort(byName)
}

function groupBy<T>(list: readonly T[], keyOf: (item: T) => string | null): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) {
    const key = keyOf(item)
    if (key === null) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

function reachableFrom({ space }: ModelSet, name: string): SemanticModel['reachable'] {
  const [self, ...others] = [...space.graph.reach(name).paths].map(([model, path]) => ({ model, path }))
  return self === undefined ? [] : [self, ...others.sort((a, b) => compareText(a.model, b.model))]
}
