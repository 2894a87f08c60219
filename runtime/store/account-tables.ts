import type { ColumnType, Selectable } from 'kysely'

/** Set by the database unless a test says otherwise. */
type CreatedAt = ColumnType<Date, Date | undefined, never>
type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

interface Users {
  readonly id: string
  readonly org: string | null
  /** In lower case. */
  readonly email: string | null
  readonly name: string | null
  readonly role: string
  /** The person in the warehouse that this account belongs to; found by e-mail where null. */
  readonly directory_id: Later<string>
  /** The hash, with how it was made; null where somebody else proves who it is. */
  readonly password: Later<string>
  readonly password_changed_at: Later<Date>
  readonly totp_secret: Later<string>
  readonly totp_enabled_at: Later<Date>
  /** The step of the last code that was taken: none is good twice. */
  readonly totp_last_step: Later<string>
  readonly provider: ColumnType<string, string | undefined, string>
  /** Its id with the provider. */
  readonly external_id: Later<string>
  readonly last_sign_in_at: Later<Date>
  readonly deactivated_at: Later<Date>
  readonly created_at: CreatedAt
}

interface Sessions {
  readonly hash: string
  readonly org: string | null
  readonly role: string
  readonly user_id: string | null
  /** The API key it was opened with: it ends with the key. */
  readonly key_id: string | null
  /** The account it was opened with: its role holds, and it ends with it. */
  readonly account_id: Later<string>
  readonly user_agent: Later<string>
  readonly address: Later<string>
  readonly last_seen_at: Later<Date>
  readonly created_at: CreatedAt
  readonly expires_at: Date
}

interface AccountLinks {
  readonly hash: string
  /** Names it where its secret must not. */
  readonly id: string
  readonly kind: 'set-up' | 'invitation' | 'reset' | 'second-factor'
  readonly org: string | null
  readonly role: string
  readonly email: string | null
  readonly name: string | null
  readonly account_id: string | null
  readonly created_by: string
  readonly created_at: CreatedAt
  readonly expires_at: Date
  readonly used_at: Date | null
}

interface SignInAttempts {
  readonly key: string
  readonly failures: number
  readonly last_at: Date
}

interface Settings {
  readonly org: string
  readonly name: string
  readonly value: ColumnType<unknown, string, string>
  readonly changed_by: string
  readonly changed_at: ColumnType<Date, Date | undefined, Date>
}

export interface AccountTables {
  readonly users: Users
  readonly sessions: Sessions
  readonly account_links: AccountLinks
  readonly sign_in_attempts: SignInAttempts
  readonly settings: Settings
}

export type UserRow = Selectable<Users>
export type SessionRow = Selectable<Sessions>
export type AccountLinkRow = Selectable<AccountLinks>
