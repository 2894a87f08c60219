import type { ColumnType, Generated, Selectable } from 'kysely'

type Json = ColumnType<unknown, string, string>
type At = ColumnType<Date, Date | undefined, Date>
type MaybeAt = ColumnType<Date | null, Date | null | undefined, Date | null>

/** The outbox and the log of what became of it: one row for each message and channel. */
interface Deliveries {
  /** In the order of writing. */
  readonly id: Generated<string>
  readonly org: string | null
  readonly channel: string
  readonly key: string
  readonly kind: string
  readonly status: string
  readonly severity: string
  readonly group_key: string
  readonly title: string
  /** The message; attachments name rows of delivery_files. */
  readonly message: Json
  readonly state: ColumnType<DeliveryState, DeliveryState | undefined, DeliveryState>
  readonly attempts: ColumnType<number, number | undefined, number>
  readonly next_at: At
  readonly lease_owner: ColumnType<string | null, string | null | undefined, string | null>
  readonly lease_until: MaybeAt
  readonly created_at: ColumnType<Date, Date | undefined, never>
  readonly done_at: MaybeAt
  readonly error: ColumnType<string | null, string | null | undefined, string | null>
}

export type DeliveryState = 'pending' | 'delivered' | 'dead'

interface DeliveryAttempts {
  readonly id: Generated<string>
  readonly delivery_id: string
  readonly at: ColumnType<Date, Date | undefined, never>
  readonly ms: number
  readonly ok: boolean
  /** HTTP status or SMTP reply, where there was one. */
  readonly response: string | null
  readonly error: string | null
}

/** Contents of attachments, by their SHA-256. */
interface DeliveryFiles {
  readonly id: string
  readonly content: Uint8Array
  readonly created_at: ColumnType<Date, Date | undefined, Date>
}

/** The notification centre of the dashboard. */
interface Notifications {
  readonly id: Generated<string>
  readonly org: string | null
  readonly channel: string
  readonly key: string
  /** Whom it is for; null is everybody of the tenant. */
  readonly user_id: string | null
  readonly kind: string
  readonly status: string
  readonly severity: string
  readonly group_key: string
  readonly title: string
  readonly text: string
  readonly fields: Json
  readonly href: string | null
  /** The alert, and the keys of those of its instances that are named; null for anything else. */
  readonly alert: string | null
  readonly instances: Json | null
  readonly at: ColumnType<Date, Date, never>
}

interface NotificationReads {
  readonly notification_id: string
  /** The user, or the role of somebody who signed in without one. */
  readonly reader: string
  readonly read_at: ColumnType<Date, Date | undefined, never>
}

export interface DeliveryTables {
  readonly deliveries: Deliveries
  readonly delivery_attempts: DeliveryAttempts
  readonly delivery_files: DeliveryFiles
  readonly notifications: Notifications
  readonly notification_reads: NotificationReads
}

export type DeliveryRow = Selectable<Deliveries>
