export { compileDashboards } from './compile-dashboards.ts'
export { compileGlobalFilters } from './global-filters.ts'
