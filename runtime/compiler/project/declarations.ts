import type {
  AccessRule,
  Alert,
  AlertTest,
  Channel,
  CompositeMetric,
  Dashboard,
  DefinitionFile,
  GlobalFilter,
  Maintenance,
  Model,
  QueryTest,
  Report,
  SemanticModel,
  Source,
} from '../../definitions/index.ts'
import { compareText } from './compare.ts'
import { type Declared, declare } from './declared.ts'

/** Everything the files declare, in order of files. */
export interface Declarations {
  readonly semanticModels: readonly Declared<SemanticModel>[]
  readonly metrics: readonly Declared<CompositeMetric>[]
  readonly access: readonly Declared<AccessRule>[]
  readonly tests: readonly Declared<QueryTest>[]
  readonly sources: readonly Declared<Source>[]
  readonly models: readonly Declared<Model>[]
  readonly globalFilters: readonly Declared<GlobalFilter>[]
  readonly dashboards: readonly Declared<Dashboard>[]
  readonly channels: readonly Declared<Channel>[]
  readonly alerts: readonly Declared<Alert>[]
  readonly reports: readonly Declared<Report>[]
  readonly maintenance: readonly Declared<Maintenance>[]
  readonly alertTests: readonly Declared<AlertTest>[]
}

type Kind = DefinitionFile['kind']
type ContentOf<K extends Kind> = Extract<DefinitionFile, { kind: K }>['content']

export function collectDeclarations(unordered: readonly DefinitionFile[]): Declarations {
  const files = [...unordered].sort((a, b) => compareText(a.file, b.file))
  const gather = <K extends Kind, T>(kind: K, key: string, read: (content: ContentOf<K>) => readonly T[] | undefined) =>
    files.flatMap((file) => {
      if (file.kind !== kind) return []
      const list = read(file.content as ContentOf<K>) ?? []
      return list.map((value, index) => declare(value, file, [key, index]))
    })
  return {
    semanticModels: gather('metrics', 'semantic_models', (content) => content.semantic_models),
    metrics: gather('metrics', 'metrics', (content) => content.metrics),
    access: gather('metrics', 'access', (content) => content.access),
    tests: gather('metrics', 'tests', (content) => content.tests),
    sources: gather('models', 'sources', (content) => content.sources),
    models: gather('models', 'models', (content) => content.models),
    globalFilters: gather('dashboards', 'global_filters', (content) => content.global_filters),
    dashboards: gather('dashboards', 'dashboards', (content) => content.dashboards),
    channels: gather('alerts', 'channels', (content) => content.channels),
    alerts: gather('alerts', 'alerts', (content) => content.alerts),
    reports: gather('alerts', 'reports', (content) => content.reports),
    maintenance: gather('alerts', 'maintenance', (content) => content.maintenance),
    alertTests: gather('alerts', 'tests', (content) => content.tests),
  }
}
