export { type GitOptions, type GitSecret, gitRoutes } from './routes.ts'
