export { compileDashboards, compileRows } from './compile-dashboards.ts'
export { compileGlobalFilters } from './global-filters.ts'
