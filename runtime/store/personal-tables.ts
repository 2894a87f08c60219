import type { ColumnType, Selectable } from 'kysely'

type CreatedAt = ColumnType<Date, Date | undefined, never>
type ChangedAt = ColumnType<Date, Date | undefined, Date>

interface Preferences {
  readonly owner: string
  readonly org: string | null
  readonly value: ColumnType<unknown, string, string>
  readonly changed_at: ChangedAt
}

interface Views {
  readonly id: string
  readonly org: string | null
  readonly owner: string
  /** As others see who shares it. */
  readonly owner_name: string
  readonly name: string
  readonly path: string
  readonly search: string
  readonly shared: boolean
  readonly created_at: CreatedAt
  readonly changed_at: ChangedAt
}

interface ShortLinks {
  readonly id: string
  readonly org: string | null
  readonly path: string
  readonly search: string
  readonly created_by: string
  readonly created_at: CreatedAt
}

interface Feedback {
  readonly id: string
  readonly org: string | null
  readonly owner: string
  readonly page: string
  readonly widget: string | null
  readonly rating: string
  readonly comment: string | null
  readonly at: CreatedAt
}

interface PersonalDashboards {
  readonly id: string
  readonly org: string | null
  readonly owner: string
  readonly owner_name: string
  readonly definition: ColumnType<unknown, string, string>
  /** The dashboard of the project that it is a copy of. */
  readonly origin: string | null
  readonly shared: boolean
  readonly created_at: CreatedAt
  readonly changed_at: ChangedAt
}

/** What belongs to single people. */
export interface PersonalTables {
  readonly preferences: Preferences
  readonly views: Views
  readonly short_links: ShortLinks
  readonly feedback: Feedback
  readonly personal_dashboards: PersonalDashboards
}

export type ViewRow = Selectable<Views>
export type ShortLinkRow = Selectable<ShortLinks>
export type FeedbackRow = Selectable<Feedback>
export type PersonalDashboardRow = Selectable<PersonalDashboards>
