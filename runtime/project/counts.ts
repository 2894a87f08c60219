import type { Manifest } from '../compiler/index.ts'
import type { LoadedDefinitions } from '../definitions/index.ts'

/** How much there is of everything. */
export function countsOf({ files, sqlFiles }: LoadedDefinitions, manifest: Manifest): Readonly<Record<string, number>> {
  return {
    files: files.length + sqlFiles.length,
    semantic_models: manifest.models.length,
    metrics: manifest.metrics.length,
    models: manifest.relations.length,
    dashboards: manifest.dashboards.length,
    alerts: manifest.alerts.length,
    reports: manifest.reports.length,
    tests: manifest.tests.length,
  }
}
