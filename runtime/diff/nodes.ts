import type { Manifest, ModelAccess } from '../compiler/index.ts'
import type { NodeKind } from './change.ts'
import {
  accessFacts,
  dashboardFacts,
  dimensionFacts,
  documentFacts,
  type Facts,
  factsOf,
  metricFacts,
  modelFacts,
  relationFacts,
  sourceFacts,
} from './facts/index.ts'
import type { Names } from './renames.ts'

/** A part of the compiled project as facts: two that are equal here mean the same. */
export interface DiffNode {
  readonly id: string
  readonly kind: NodeKind
  readonly name: string
  readonly facts: Facts
  readonly source: { readonly file: string; readonly line: number } | null
}

type Located = { readonly source: { readonly file: string; readonly line: number } }

/** The nodes of a manifest by id, in the names that `names` gives them. */
export function nodesOf(manifest: Manifest, names: Names): ReadonlyMap<string, DiffNode> {
  const node = (kind: NodeKind, name: string, { source }: Located, facts: Facts): DiffNode => {
    return { id: `${kind}:${name}`, kind, name, facts, source }
  }
  const documents = (kind: NodeKind, list: readonly (Located & { readonly name: string })[]) =>
    list.map((item) => node(kind, item.name, item, documentFacts(item, names)))
  const { models, relations, sources, metrics, dashboards } = manifest
  const all = [
    projectNode(manifest),
    ...sources.map((source) => node('source', `${source.group}.${source.name}`, source, sourceFacts(source))),
    ...relations.map((item) => node('relation', names.relation(item.name), item, relationFacts(item, names))),
    ...models.map((model) => node('model', names.model(model.name), model, modelFacts(model, names))),
    ...models.flatMap((model) =>
      model.dimensions.map((item) => {
        const name = names.dimension({ model: model.name, dimension: item.name })
        return node('dimension', name, item, dimensionFacts(item, names))
      }),
    ),
    ...accessNodes(manifest, names),
    ...metrics.map((metric) => node('metric', names.metric(metric.name), metric, metricFacts(metric, names))),
    ...dashboards.map((item) => node('dashboard', item.name, item, dashboardFacts(item, names))),
    ...documents('channel', manifest.channels),
    ...documents('alert', manifest.alerts),
    ...documents('report', manifest.reports),
  ]
  return new Map(all.map((item) => [item.id, item]))
}

function projectNode({ project }: Manifest): DiffNode {
  const facts = factsOf([
    ['warehouse', 'warehouse', project.dialect, 'values'],
    ['tenant', 'tenant column', project.tenantKey, 'access'],
    ['timezone', 'time zone', project.timezone, 'values'],
    ['week', 'start of the week', project.weekStart, 'values'],
    ['name', 'name', project.name, 'cosmetic'],
  ])
  return { id: 'project:settings', kind: 'project', name: 'settings', facts, source: null }
}

const ROLES: readonly ModelAccess['role'][] = ['admin', 'manager', 'user', 'viewer']

/** Every role has a node, though it may have no limits: the first limit is a change, not an addition. */
function accessNodes({ models }: Manifest, names: Names): readonly DiffNode[] {
  return ROLES.map((role) => ({
    id: `access:${role}`,
    kind: 'access',
    name: role,
    facts: accessFacts(models, role, names),
    source: null,
  }))
}
