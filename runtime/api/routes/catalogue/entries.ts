import { usesOfMetrics } from '../../../catalogue/index.ts'
import type { Manifest, Metric } from '../../../compiler/index.ts'
import type { View } from '../describe/view.ts'

export type EntryKind = 'metric' | 'dimension' | 'model' | 'relation'

/** What the list says of each thing that is defined. */
export interface CatalogueEntry {
  readonly kind: EntryKind
  /** Unique among its kind; dimensions with their model. */
  readonly name: string
  readonly label: string
  readonly description: string
  readonly owner: string | null
  readonly category: string | null
  readonly tier: string | null
  readonly deprecated: Metric['deprecated']
  readonly synonyms: readonly string[]
  /** How many dashboards, alerts, reports and metrics use it; null for what is not used so. */
  readonly uses: number | null
}

const PLAIN = { owner: null, category: null, tier: null, deprecated: null, synonyms: [], uses: null } as const

export function entriesOf(view: View): readonly CatalogueEntry[] {
  const { manifest } = view
  return [...metricEntries(view), ...dimensionEntries(view), ...modelEntries(manifest), ...relationEntries(view)]
}

function metricEntries(view: View): readonly CatalogueEntry[] {
  const uses = usesOfMetrics(view.manifest)
  return view.manifest.metrics
    .filter(({ name }) => view.showsMetric(name))
    .map(({ name, label, description, owner, category, tier, deprecated, synonyms }) => ({
      ...{ kind: 'metric' as const, name, label, description, owner, category, tier, deprecated, synonyms },
      uses: (uses.get(name) ?? []).filter(({ kind, name: user }) => showsNode(view, `${kind}:${user}`)).length,
    }))
}

function dimensionEntries(view: View): readonly CatalogueEntry[] {
  return view.manifest.models.flatMap((model) =>
    model.dimensions
      .filter(({ name }) => view.showsDimension({ model: model.name, dimension: name }))
      .map(({ name, label, description, synonyms }) => ({
        ...PLAIN,
        ...{ kind: 'dimension' as const, name: `${model.name}.${name}`, label, description, synonyms },
        ...{ owner: model.owner, category: model.label },
      })),
  )
}

const modelEntries = ({ models }: Manifest): readonly CatalogueEntry[] =>
  models.map(({ name, label, description, owner }) => ({ ...PLAIN, kind: 'model', name, label, description, owner }))

const relationEntries = ({ manifest }: View): readonly CatalogueEntry[] =>
  manifest.relations.map(({ name, description, materialized }) => ({
    ...PLAIN,
    ...{ kind: 'relation' as const, name, label: name, description, category: materialized },
  }))

/** Whether somebody may see a node of the lineage. */
export function showsNode(view: View, node: string): boolean {
  const [kind, name] = [node.slice(0, node.indexOf(':')), node.slice(node.indexOf(':') + 1)]
  if (kind === 'metric') return view.showsMetric(name)
  if (kind === 'dimension') {
    const [model = '', dimension = ''] = name.split('.')
    return view.showsDimension({ model, dimension })
  }
  if (kind !== 'dashboard') return true
  const dashboard = view.manifest.dashboards.find((item) => item.name === name)
  return dashboard !== undefined && (dashboard.roles === null || dashboard.roles.includes(view.context.role))
}

/** True where nothing of what is made of a relation is hidden from the role: then its columns and its SQL are not, either. */
export function showsRelation({ manifest, context }: View, relation: string): boolean {
  const readers = new Set([relation])
  for (const name of readers) {
    for (const reader of manifest.relations) if (reader.refs.includes(name)) readers.add(reader.name)
  }
  return !manifest.models.some(
    (model) =>
      readers.has(model.relation) && model.access.some(({ role, hide }) => role === context.role && hide.length > 0),
  )
}
