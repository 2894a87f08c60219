export { personalDashboardRoutes } from './routes.ts'
