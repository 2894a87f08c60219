import type { Manifest } from '../manifest.ts'
import { checkMetricName } from '../metrics/index.ts'
import { compileAlerts, compileChannels, compileMaintenance, compileReports } from './alerts/index.ts'
import type { Catalogue } from './catalogue.ts'
import { compileDashboards, compileGlobalFilters } from './dashboards/index.ts'
import { checkDeprecations } from './deprecations.ts'
import { compileDetails } from './details/index.ts'
import { compileTests } from './tests/index.ts'

type Consumers = Pick<
  Manifest,
  'details' | 'globalFilters' | 'dashboards' | 'channels' | 'alerts' | 'reports' | 'maintenance' | 'tests'
>

/** All that asks for metrics: dashboards, alerts, reports and tests. */
export function compileConsumers(catalogue: Catalogue): Consumers {
  const dashboards = compileDashboards(catalogue)
  const alerts = compileAlerts(catalogue)
  const consumers = {
    details: compileDetails(catalogue),
    globalFilters: compileGlobalFilters(catalogue),
    dashboards,
    channels: compileChannels(catalogue.project),
    alerts,
    reports: compileReports(catalogue, dashboards),
    maintenance: compileMaintenance(catalogue.project, alerts),
    tests: compileTests(catalogue, alerts),
  }
  checkReplacements(catalogue)
  checkDeprecations(catalogue)
  return consumers
}

/** `deprecated.use` names a metric. */
function checkReplacements({ metrics, project }: Catalogue): void {
  for (const { declared } of metrics.nodes.values()) {
    const use = declared.value.deprecated?.use
    if (use !== undefined) checkMetricName(project, use, () => declared.at(['deprecated', 'use']))
  }
}
