export { compileDashboards } from './compile-dashboards.ts'
