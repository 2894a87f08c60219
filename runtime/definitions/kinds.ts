import { type JsonSchema, type SchemaCheck, schemaCheck } from '../documents/index.ts'
import type { DefinitionFile } from './definition-file.ts'
import { AlertsFile } from './schema/alerts.ts'
import { DashboardsFile } from './schema/dashboards.ts'
import { MetricsFile } from './schema/metrics.ts'
import { ModelFrontMatter, ModelsFile } from './schema/models.ts'
import { vocabularyOf } from './vocabulary.ts'

export type Kind = DefinitionFile['kind']

/** What a folder holds; the folder has the name of the kind. */
export interface KindOfFile {
  readonly kind: Kind
  readonly noun: string
  /** The function that TypeScript files of this kind call. */
  readonly define: string
  readonly schema: JsonSchema
  readonly check: SchemaCheck
  /** What can be left out on its own when it is wrong; anything else takes with it the nearest of these around it. */
  readonly parts: readonly string[]
}

const kindOf = (kind: Kind, noun: string, define: string, schema: object, parts: readonly string[]): KindOfFile => {
  return { kind, noun, define, schema, check: schemaCheck(schema, vocabularyOf(noun)), parts }
}

export const KINDS: Readonly<Record<Kind, KindOfFile>> = {
  metrics: kindOf('metrics', 'metrics file', 'defineMetrics', MetricsFile, [
    // A broken access rule takes its semantic model with it: without the rule, people would see too much.
    'semantic_models/*',
    'semantic_models/*/joins/*',
    'semantic_models/*/dimensions/*',
    'semantic_models/*/hierarchies/*',
    'semantic_models/*/detail',
    'semantic_models/*/metrics/*',
    'semantic_models/*/pre_aggregations/*',
    'metrics/*',
    'access/*',
    'tests/*',
  ]),
  models: kindOf('models', 'models file', 'defineModels', ModelsFile, ['sources/*', 'sources/*/tables/*', 'models/*']),
  dashboards: kindOf('dashboards', 'dashboards file', 'defineDashboards', DashboardsFile, [
    'global_filters/*',
    'dashboards/*',
    'dashboards/*/rows/*/widgets/*',
    'dashboards/*/annotations/*',
  ]),
  alerts: kindOf('alerts', 'alerts file', 'defineAlerts', AlertsFile, [
    'channels/*',
    'alerts/*',
    'reports/*',
    'tests/*',
  ]),
}

export const checkFrontMatter = schemaCheck(ModelFrontMatter, vocabularyOf('front matter'))

/** The kind of file in which a key of the first level belongs, if there is one. */
export const kindWithKey = (key: string): KindOfFile | undefined =>
  Object.values(KINDS).find(({ schema }) => key !== 'tests' && key !== 'version' && key in (schema.properties ?? {}))
