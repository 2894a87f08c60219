export { type AuditEntry, readAudit, writeAudit } from './audit.ts'
export { isAlive, processMark, takeLock } from './lock-file.ts'
export { openStore, type Store, type StoreConfig } from './open-store.ts'
export type { ApiKeyRow, AuditRow, SessionRow, SignInTokenRow, StoreSchema } from './schema.ts'
