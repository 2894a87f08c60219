export { endIdleSessions } from './idle-sessions.ts'
export { type TelemetryOptions, telemetryRoutes } from './routes.ts'
export { DEFAULT_TELEMETRY, type TelemetrySettings, telemetrySettings } from './settings.ts'
export { type SourceStatus, sourceStatus } from './sources.ts'
