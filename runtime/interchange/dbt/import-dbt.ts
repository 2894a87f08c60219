import type { SemanticModel, SimpleMetric } from '../../definitions/index.ts'
import { createLosses, type Draft, type Lose } from '../draft/index.ts'
import { type DbtManifest, parseManifest } from './manifest.ts'
import { importMetrics } from './metrics.ts'
import { importModel } from './models.ts'
import { type Catalog, knownTypes } from './types.ts'
import { createVariants } from './variants.ts'
import { createWorld } from './world.ts'

/** Semantic models and metrics of a dbt project; its models stay dbt's, their tables are read where dbt puts them. */
export function importDbt(text: string, file: string, catalog: Catalog = {}): Draft {
  const manifest = parseManifest(text, file)
  const { lose, list } = createLosses()
  const world = createWorld(manifest)
  const variants = createVariants(lose)
  const types = knownTypes(manifest, catalog)
  const bare = manifest.semanticModels.map((model) => importModel(world, manifest, types, model, lose))
  const { simple, composite } = importMetrics(world, manifest, variants, lose)
  const models = [...bare, ...variants.models()].map((model) => withMetrics(model, simple.get(model.name)))
  reportRest(manifest, lose)
  return { models, metrics: composite, sqlModels: [], losses: list(), notes: notesOf(manifest, types.size) }
}

const withMetrics = (model: SemanticModel, metrics: readonly SimpleMetric[] | undefined) =>
  metrics === undefined ? model : { ...model, metrics: [...metrics] }

function reportRest({ exposures, savedQueries, semanticModels }: DbtManifest, lose: Lose): void {
  for (const { name } of savedQueries) {
    lose('AM6225', `saved_query:${name}`, 'Saved queries have no counterpart.', 'Make a dashboard or a report of it.')
  }
  for (const { name } of exposures) {
    lose(
      'AM6225',
      `exposure:${name}`,
      'Exposures have no counterpart.',
      'Dashboards and reports here show their reach.',
    )
  }
  const databases = new Set(semanticModels.map(({ node_relation }) => node_relation?.database ?? ''))
  if (databases.size > 1) {
    for (const { name, node_relation } of semanticModels) {
      lose(
        'AM6236',
        `semantic_model:${name}`,
        `Its table lies in the database \`${node_relation?.database}\`, and relations here are schema.table of one.`,
        'Make the table visible in the database of the warehouse.',
      )
    }
  }
}

function notesOf({ semanticModels }: DbtManifest, known: number): readonly string[] {
  const count = semanticModels.flatMap(({ dimensions = [] }) => dimensions.filter(({ type }) => type !== 'time')).length
  if (count === known) return []
  return [
    `dbt does not say which type ${count - known} dimensions have; they are taken as text. A catalog.json beside the manifest (\`dbt docs generate\`) tells.`,
  ]
}
