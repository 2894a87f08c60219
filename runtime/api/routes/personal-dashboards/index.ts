export { personalDashboardPaths } from './paths.ts'
export { personalDashboardRoutes } from './routes.ts'
