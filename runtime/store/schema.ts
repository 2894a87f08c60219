import type { ColumnType, Generated, Selectable } from 'kysely'
import type { DeliveryTables } from './delivery-tables.ts'

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

interface Users {
  readonly id: string
  readonly org: string | null
  readonly email: string | null
  readonly name: string | null
  readonly role: string
  readonly created_at: CreatedAt
}

interface Sessions {
  readonly hash: string
  readonly org: string | null
  readonly role: string
  readonly user_id: string | null
  /** The API key it was opened with: it ends with the key. */
  readonly key_id: string | null
  readonly created_at: CreatedAt
  readonly expires_at: Date
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
}

export interface StoreSchema extends DeliveryTables {
  readonly api_keys: ApiKeys
  readonly users: Users
  readonly sessions: Sessions
  readonly sign_in_tokens: SignInTokens
  readonly audit_log: AuditLog
}

export type ApiKeyRow = Selectable<ApiKeys>
export type SessionRow = Selectable<Sessions>
export type SignInTokenRow = Selectable<SignInTokens>
export type AuditRow = Selectable<AuditLog>
