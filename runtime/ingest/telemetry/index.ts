export { agentMappings } from './agents/index.ts'
export type { AgentMapping } from './mapping/index.ts'
export { type TelemetryOptions, telemetryRoutes } from './routes.ts'
export { DEFAULT_TELEMETRY, type TelemetrySettings, telemetrySettings } from './settings.ts'
