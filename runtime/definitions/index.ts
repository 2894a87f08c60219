export type {
  BrokenPart,
  DefinitionFile,
  LoadedDefinitions,
  Locate,
  Path,
  SqlFile,
} from './definition-file.ts'
export { type ProjectFiles, projectFiles } from './files/project-files.ts'
export { jsonSchemas } from './json-schemas.ts'
export { createLoader, type DefinitionsLoader, loadDefinitions } from './load-definitions.ts'
export { AccessRule, ROW_OPERATORS, type RowOperator, type RowRule } from './schema/access.ts'
export { Alert, AlertsFile, Channel, Maintenance, Report } from './schema/alerts.ts'
export { Format, GRAINS, type Grain, ROLES, type Role, SEVERITIES } from './schema/common.ts'
export { Dashboard, DashboardsFile, GlobalFilter, Widget } from './schema/dashboards.ts'
export {
  AGGREGATIONS,
  type Aggregation,
  CompositeMetric,
  Detail,
  DIMENSION_TYPES,
  Dimension,
  type DimensionType,
  Join,
  MetricsFile,
  PreAggregation,
  SemanticModel,
  SimpleMetric,
  type ValueStatus,
} from './schema/metrics.ts'
export {
  DataTest,
  MATERIALIZATIONS,
  type Materialization,
  Model,
  ModelFrontMatter,
  ModelsFile,
  Source,
} from './schema/models.ts'
export { AlertTest, Caller, QueryDefinition, QueryTest } from './schema/tests.ts'
