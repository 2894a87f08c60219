import type { ColumnType, Generated, Selectable } from 'kysely'
import type { AccountTables } from './account-tables.ts'
import type { AlertTables } from './alert-tables.ts'
import type { DeliveryTables } from './delivery-tables.ts'
import type { PersonalTables } from './personal-tables.ts'
import type { ReportTables } from './report-tables.ts'

/** Times are set by the database unless a test says otherwise. */
type CreatedAt = ColumnType<Date, Date | undefined, never>

interface ApiKeys {
  readonly id: string
  /** SHA-256 of the key in hex; the key itself is kept nowhere. */
  readonly hash: string
  /** The first characters, to recognise it by. */
  readonly hint: string
  readonly name: string
  readonly org: string | null
  readonly role: string
  readonly user_id: string | null
  readonly scopes: readonly string[]
  readonly created_at: CreatedAt
  readonly expires_at: Date | null
  readonly last_used_at: Date | null
  readonly revoked_at: Date | null
}

interface SignInTokens {
  readonly hash: string
  readonly org: string | null
  readonly role: string
  readonly user_id: string | null
  readonly expires_at: Date
  readonly used_at: Date | null
}

interface AuditLog {
  readonly id: Generated<string>
  readonly at: CreatedAt
  readonly org: string | null
  readonly actor: string
  readonly action: string
  readonly subject: string | null
  readonly detail: ColumnType<unknown, string | null, never>
  /** Over this entry and the one before; the database computes it. */
  readonly hash: ColumnType<string, never, never>
}

export interface StoreSchema extends AccountTables, AlertTables, DeliveryTables, PersonalTables, ReportTables {
  readonly api_keys: ApiKeys
  readonly sign_in_tokens: SignInTokens
  readonly audit_log: AuditLog
}

export type ApiKeyRow = Selectable<ApiKeys>
export type SignInTokenRow = Selectable<SignInTokens>
export type AuditRow = Selectable<AuditLog>
