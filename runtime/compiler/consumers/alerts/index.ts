export { compileChannels } from './channels.ts'
export { compileAlerts } from './compile-alerts.ts'
export { compileMaintenance } from './compile-maintenance.ts'
export { compileReports } from './compile-reports.ts'
