import type { ProjectConfig } from './config/index.ts'
import type { AlertsFile, DashboardsFile, MetricsFile, ModelsFile } from './definitions/index.ts'

export type { AlertsFile, DashboardsFile, MetricsFile, ModelsFile, ProjectConfig }

/** The project, in `metrics.config.ts`. */
export const defineConfig = (config: ProjectConfig): ProjectConfig => config

/** Semantic models and metrics, in `metrics/**`. */
export const defineMetrics = (file: MetricsFile): MetricsFile => file

/** Sources and settings of models, in `models/**`. */
export const defineModels = (file: ModelsFile): ModelsFile => file

/** Dashboards, in `dashboards/**`. */
export const defineDashboards = (file: DashboardsFile): DashboardsFile => file

/** Channels, alerts and reports, in `alerts/**`. */
export const defineAlerts = (file: AlertsFile): AlertsFile => file
