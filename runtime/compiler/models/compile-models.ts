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
      preAggregations: compilePreAggregations(project, models, node, metrics.filter(isAtHome(name))),
      columns: columnsOf({
        node,
        tenantKey: project.config.tenancy?.key ?? null,
        dimensions,
        metrics: metrics.filter((metric) => metric.type === 'simple' && metric.model === name),
        keys: keyColumns(name, joins),
        sqlType: (column) => relations.typeOf(value.relation, column),
      }),
      ...located(node.declared),
    }
  }
  return nodes.map(compile).sort(byName)
}

const isAtHome = (model: string) => (metric: Metric) => 'model' in metric.home && metric.home.model === model

function reachableFrom({ space }: ModelSet, name: string): SemanticModel['reachable'] {
  const [self, ...others] = [...space.graph.reach(name).paths].map(([model, path]) => ({ model, path }))
  return self === undefined ? [] : [self, ...others.sort((a, b) => compareText(a.model, b.model))]
}
