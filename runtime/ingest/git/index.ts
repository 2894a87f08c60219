export { ATTRIBUTION_RULES, type AttributionRule } from './attribution/index.ts'
export { type GitOptions, type GitSecret, gitRoutes } from './routes.ts'
