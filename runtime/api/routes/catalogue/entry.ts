import { dimensionsOfMetric, metricWords, usesOfMetric } from '../../../catalogue/index.ts'
import { declaredMetric, expressionText, type Manifest, type Metric } from '../../../compiler/index.ts'
import { UserError } from '../../../diagnostics/index.ts'
import type { LineageGraph } from '../../../lineage/index.ts'
import type { Services } from '../../services.ts'
import { shownNames, type View } from '../describe/view.ts'
import { type CatalogueEntry, showsNode, showsRelation } from './entries.ts'
import { lineageOf } from './lineage.ts'
import type { TestRuns } from './test-runs.ts'

export interface Describing {
  readonly services: Services
  readonly view: View
  readonly graph: LineageGraph
  readonly tests: TestRuns
}

/** Everything about one entry. */
export async function describeEntry(entry: CatalogueEntry, describing: Describing) {
  const { graph, view } = describing
  const lineage = lineageOf(`${entry.kind}:${entry.name}`, graph, view)
  return { ...entry, lineage, ...(await detailsOf(entry, describing)) }
}

async function detailsOf({ kind, name }: CatalogueEntry, describing: Describing) {
  const { manifest } = describing.view
  if (kind === 'metric') {
    const metric = manifest.metrics.find((item) => item.name === name)
    return metric === undefined ? {} : metricDetails(metric, describing)
  }
  if (kind === 'dimension') return dimensionDetails(name, describing.view)
  return kind === 'model' ? modelDetails(name, describing) : relationDetails(name, describing)
}

async function metricDetails(metric: Metric, { services, view, tests }: Describing) {
  const { manifest } = view
  const { type, format, direction, thresholds, refresh, tags, source, models } = metric
  // The text of a definition tells of the dimensions that it names.
  const isOpen = dimensionsOfMetric(manifest, metric.name).every(
    (ref) => view.showsDimension(ref) || view.dimension(ref)?.public !== true,
  )
  const relations = models.flatMap((name) => manifest.models.find((model) => model.name === name)?.relation ?? [])
  return {
    ...{ type, format, direction, thresholds, refresh, tags, source, models },
    words: isOpen ? metricWords(metric, manifest) : null,
    declared: isOpen ? declaredMetric(metric) : null,
    // The SQL names all columns of what it reads, those that are hidden as well.
    sql:
      isOpen && relations.every((name) => showsRelation(view, name)) ? await sqlOf(metric, { services, view }) : null,
    dimensions: shownNames(view, metric.dimensions),
    usedBy: usesOfMetric(manifest, metric.name).filter(({ kind, name }) => showsNode(view, `${kind}:${name}`)),
    tests: tests.results(manifest, tests.of(manifest, { kind: 'metric', name: metric.name })),
    freshness: await builtTimes(services, relations),
  }
}

/** What the semantic layer would run for the metric alone, for whoever asks. */
async function sqlOf({ name }: Metric, { services, view }: Pick<Describing, 'services' | 'view'>) {
  try {
    const { statements } = await services.semantic.sql({ metrics: [name] }, view.context)
    return statements.map(({ sql }) => sql).join(';\n')
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

function dimensionDetails(name: string, view: View) {
  const [model = '', own = ''] = name.split('.')
  const dimension = view.dimension({ model, dimension: own })
  if (dimension === undefined) return {}
  const { type, values, tags, source, sql } = dimension
  const metrics = view.manifest.metrics.filter(
    (metric) =>
      view.showsMetric(metric.name) && metric.dimensions.some((ref) => ref.model === model && ref.dimension === own),
  )
  return {
    ...{ type, values, tags, source, model },
    sql: sql.every((part) => !('model' in part) || view.showsDimension(part)) ? expressionText(sql) : null,
    metrics: metrics.map((metric) => metric.name),
  }
}

async function modelDetails(name: string, { services, view }: Describing) {
  const model = view.manifest.models.find((item) => item.name === name)
  if (model === undefined) return {}
  const { relation, primaryKey, timeDimension, joins, source, dimensions } = model
  const isOpen = showsRelation(view, relation)
  return {
    ...{ relation, timeDimension, source },
    primaryKey: isOpen ? primaryKey : null,
    joins: joins.map(({ to, relationship }) => ({ to, relationship })),
    dimensions: shownNames(
      view,
      dimensions.map((item) => ({ model: name, dimension: item.name })),
    ),
    metrics: view.manifest.metrics
      .filter((metric) => metric.models.includes(name) && view.showsMetric(metric.name))
      .map((metric) => metric.name),
    freshness: await builtTimes(services, [relation]),
  }
}

async function relationDetails(name: string, { services, view }: Describing) {
  const relation = view.manifest.relations.find((item) => item.name === name)
  if (relation === undefined) return {}
  const { materialized, refresh, uniqueKey, refs, sources, source } = relation
  const isOpen = showsRelation(view, name)
  return {
    ...{ materialized, refresh, refs, sources, source },
    uniqueKey: isOpen ? uniqueKey : [],
    sql: isOpen ? relation.sql : null,
    columns: isOpen ? await columnsOf(relation, services) : null,
    freshness: await builtTimes(services, [name]),
  }
}

/** Columns as they are in the warehouse, with what is said and tested of them. */
async function columnsOf({ name, columns, tests }: Manifest['relations'][number], { warehouse }: Services) {
  const built = await warehouse.describe(name)
  const names = [...new Set([...built.map((column) => column.name), ...columns.map((column) => column.name)])]
  return names.map((column) => ({
    name: column,
    type: built.find((item) => item.name === column)?.type ?? null,
    description: columns.find((item) => item.name === column)?.description ?? '',
    tests: tests.filter((test) => test.column === column).map(({ check }) => checkText(check)),
  }))
}

function checkText(check: Manifest['relations'][number]['tests'][number]['check']): string {
  switch (check.type) {
    case 'accepted_values':
      return `one of ${check.values.join(', ')}`
    case 'relationships':
      return `found in ${check.to}.${check.toColumn}`
    case 'sql':
      return check.sql
    default:
      return check.type === 'unique' ? 'unique' : 'never null'
  }
}

/** When the tables were built that something is read from. */
async function builtTimes({ warehouse }: Services, relations: readonly string[]) {
  if ((await warehouse.describe('_metrics.relations')).length === 0) return []
  const { rows } = await warehouse.query('SELECT relation, built_at FROM _metrics.relations')
  const built = new Map(rows.map(([relation, at]) => [String(relation), String(at)]))
  return relations.map((relation) => ({ relation, builtAt: built.get(relation) ?? null }))
}
