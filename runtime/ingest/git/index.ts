export { type GitOptions, type GitSecret, gitRoutes } from './routes.ts'
export { gitSecrets } from './settings.ts'
