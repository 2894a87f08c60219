import type { ColumnType, Generated, Selectable } from 'kysely'

/** JSON is written as text and read as what it says. */
type Json<T> = ColumnType<T, string, string>

/** The tenant is empty where the project has none. */
interface AlertInstances {
  readonly id: string
  readonly org: string
  readonly alert: string
  readonly key: string
  readonly labels: Json<Readonly<Record<string, string | number | boolean | null>>>
  readonly severity: string
  readonly state: Json<unknown>
  readonly status: string
  readonly value: number | null
  readonly detail: Json<unknown>
  readonly notified: ColumnType<unknown, string | null, string | null>
  readonly acknowledged_by: string | null
  readonly acknowledged_at: Date | null
}

interface AlertHistory {
  readonly id: Generated<string>
  readonly at: Date
  readonly org: string
  readonly alert: string
  readonly key: string
  readonly labels: Json<Readonly<Record<string, string | number | boolean | null>>>
  readonly from_status: string | null
  readonly to_status: string
  readonly value: number | null
  readonly text: string
  readonly actor: string | null
}

interface AlertSilences {
  readonly id: string
  readonly org: string
  readonly alert: string | null
  readonly matchers: Json<Readonly<Record<string, string>>>
  readonly reason: string
  readonly created_by: string
  readonly created_at: ColumnType<Date, Date | undefined, never>
  readonly starts_at: Date
  readonly ends_at: Date | null
  readonly ended_by: string | null
}

interface AlertOverrides {
  readonly org: string
  readonly alert: string
  readonly settings: Json<Readonly<Record<string, unknown>>>
  readonly reason: string
  readonly set_by: string
  readonly set_at: ColumnType<Date, Date | undefined, Date | undefined>
}

interface Leases {
  readonly name: string
  readonly holder: string
  readonly expires_at: Date
}

export interface AlertTables {
  readonly alert_instances: AlertInstances
  readonly alert_history: AlertHistory
  readonly alert_silences: AlertSilences
  readonly alert_overrides: AlertOverrides
  readonly leases: Leases
}

export type AlertInstanceRow = Selectable<AlertInstances>
export type AlertSilenceRow = Selectable<AlertSilences>
