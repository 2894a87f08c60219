import type { ColumnType, Generated, Selectable } from 'kysely'

type MaybeAt = ColumnType<Date | null, Date | null | undefined, Date | null>

/** How far each schedule was followed. */
interface ReportSchedules {
  readonly report: string
  /** Cron and time zone; where they change, what is past is past. */
  readonly schedule: string
  readonly handled: ColumnType<Date, Date, Date>
}

/** One report for one tenant at one time. */
interface ReportRuns {
  readonly id: Generated<string>
  readonly org: string | null
  readonly report: string
  /** The time of the schedule, or a key of its own for what somebody asked for. */
  readonly occurrence: string
  /** The instant that the report is about. */
  readonly at: ColumnType<Date, Date, never>
  readonly by: string | null
  readonly state: ColumnType<ReportRunState, ReportRunState | undefined, ReportRunState>
  readonly attempts: ColumnType<number, number | undefined, number>
  readonly next_at: ColumnType<Date, Date | undefined, Date>
  readonly lease_owner: ColumnType<string | null, string | null | undefined, string | null>
  readonly lease_until: MaybeAt
  readonly created_at: ColumnType<Date, Date | undefined, never>
  readonly done_at: MaybeAt
  readonly messages: ColumnType<number | null, number | null | undefined, number | null>
  readonly error: ColumnType<string | null, string | null | undefined, string | null>
  /** The run that this one sends again. */
  readonly again_of: ColumnType<string | null, string | null | undefined, never>
  /** Addresses that were asked for in the place of the usual ones. */
  readonly recipients: ColumnType<readonly string[] | null, readonly string[] | null | undefined, never>
  /** Addresses and channels that it went to. */
  readonly sent_to: ColumnType<readonly string[] | null, readonly string[] | null | undefined, readonly string[] | null>
}

export type ReportRunState = 'pending' | 'done' | 'failed'

/** What a tenant set for a report in the interface. */
interface ReportSettings {
  readonly org: string
  readonly report: string
  readonly enabled: ColumnType<boolean | null, boolean | null | undefined, boolean | null>
  readonly recipients: ColumnType<
    readonly string[] | null,
    readonly string[] | null | undefined,
    readonly string[] | null
  >
  readonly changed_by: string
  readonly changed_at: ColumnType<Date, Date | undefined, Date>
}

export interface ReportTables {
  readonly report_schedules: ReportSchedules
  readonly report_runs: ReportRuns
  readonly report_settings: ReportSettings
}

export type ReportRunRow = Selectable<ReportRuns>
