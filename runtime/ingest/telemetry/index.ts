export { endIdleSessions } from './idle-sessions.ts'
export { type TelemetryOptions, telemetryRoutes } from './routes.ts'
export { telemetrySettings } from './settings.ts'
