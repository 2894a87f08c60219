export type { Finding, Row } from './checks/check.ts'
export { type Alerts, type AlertsOptions, asAdministrator, createAlerts } from './service/alerts.ts'
export { type DryRun, dryRun } from './service/dry-run.ts'
export type { AlertView, InstanceView } from './service/views.ts'
