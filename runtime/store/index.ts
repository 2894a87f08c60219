export type { AccountLinkRow, SessionRow, UserRow } from './account-tables.ts'
export type { AlertInstanceRow, AlertSilenceRow } from './alert-tables.ts'
export {
  type AuditEntry,
  type AuditFilter,
  type AuditProof,
  readAudit,
  searchAudit,
  verifyAudit,
  writeAudit,
} from './audit.ts'
export type { DeliveryRow, DeliveryState } from './delivery-tables.ts'
export { createLease, type Lease } from './lease.ts'
export { isAlive, processMark, takeLock } from './lock-file.ts'
export { openStore, type Store, type StoreConfig } from './open-store.ts'
export * from './personal/index.ts'
export type { FeedbackRow, PersonalDashboardRow, ShortLinkRow, ViewRow } from './personal-tables.ts'
export type { ReportRunRow, ReportRunState } from './report-tables.ts'
export type { ApiKeyRow, AuditRow, SignInTokenRow, StoreSchema } from './schema.ts'
export { readSetting, writeSetting } from './settings.ts'
