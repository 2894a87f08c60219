import type { QueryDefinition, ValueStatus, Widget } from '../../runtime/definitions/index.ts'
import type { MetricFormat } from '../format/value.ts'

export type Preset = 'today' | '7d' | '30d' | '90d' | '12m'
export type Compare = 'previous_period' | 'previous_year' | 'none'
type Value = string | number | boolean

export interface Source {
  readonly file: string
  readonly line: number
}

export interface MetricInfo {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly category: string | null
  readonly format: MetricFormat
  readonly direction: 'up' | 'down' | 'neutral'
  readonly thresholds: { readonly good: number; readonly warn: number } | null
  /** True where values of parts add up to that of the whole. */
  readonly additive: boolean
  /** False where its rows have no time: no range applies to it. */
  readonly timed: boolean
  /** Dimensions it is grouped and filtered by, as `model.name`. */
  readonly dimensions: readonly string[]
  /** Semantic models whose rows it reads. */
  readonly models: readonly string[]
  /** Rows that it counts, as a filter of queries; null where all do, or where no filter says it. */
  readonly filter: string | null
  readonly synonyms?: readonly string[]
  readonly owner?: string | null
  readonly refresh?: string | null
  readonly source?: Source
}

export interface DimensionInfo {
  /** `model.name` */
  readonly name: string
  readonly label: string
  readonly description: string
  readonly type: string
  readonly values?: readonly Value[] | null
  /** How values are written; false where they are shown as they are stored. */
  readonly labels?: Readonly<Record<string, string>> | false
  readonly statuses?: Readonly<Record<string, ValueStatus>>
  readonly synonyms?: readonly string[]
}

/** A filter that people may set. `name` is its key in the address; a tree has levels from coarse to fine. */
export interface FilterInfo {
  readonly name: string
  readonly label: string
  readonly kind: 'tree' | 'toggle' | 'list'
  readonly levels: readonly string[]
}

export interface StepsInfo {
  readonly model: string
  readonly key: string
  readonly id: string
  readonly order: string
  readonly start: string | null
  readonly time: string | null
  readonly parent: string | null
  readonly kind: string | null
  readonly title: string | null
  readonly status: string | null
  readonly text: readonly string[]
  readonly facts: readonly string[]
  readonly duration: string | null
  readonly metrics: readonly string[]
}

/** How single rows of a model are shown. */
export interface DetailInfo {
  readonly key: string
  readonly columns: readonly string[]
  readonly metrics: readonly string[]
  readonly export: readonly string[]
  readonly steps: StepsInfo | null
}

export interface HierarchyInfo {
  readonly name: string
  readonly label: string
  readonly levels: readonly string[]
}

export interface ModelInfo {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly timeDimension: string | null
  /** Own dimensions and those reached over joins. */
  readonly dimensions: readonly string[]
  readonly hierarchies: readonly HierarchyInfo[]
  readonly detail: DetailInfo | null
}

export interface WidgetInfo {
  readonly id: string
  readonly title: string
  readonly width: number
  readonly definition: Widget
  readonly query: QueryDefinition | null
}

export interface DashboardInfo {
  readonly name: string
  readonly title: string
  readonly path: string
  readonly description: string
  readonly icon: string | null
  readonly range: Preset
  readonly compare: Compare
  readonly filters: readonly FilterInfo[]
  readonly annotations: readonly {
    readonly at: string
    readonly until?: string
    readonly label: string
    readonly dimension?: string
    readonly value?: string
    /** Its rows, where it is a mark for each of them. */
    readonly query: QueryDefinition | null
  }[]
  readonly source?: Source
  readonly rows: readonly { readonly title: string | null; readonly widgets: readonly WidgetInfo[] }[]
}

/** What the server tells about the project: everything on the pages comes from it. */
export interface Project {
  readonly name: string
  readonly timezone: string
  readonly weekStart: 'monday' | 'sunday'
  readonly today: string
  readonly caller: {
    readonly org: string | null
    readonly role: string
    readonly user: string | null
    /** Of the account that is signed in. */
    readonly name?: string | null
  }
  readonly metrics: readonly MetricInfo[]
  readonly dimensions: readonly DimensionInfo[]
  readonly models: readonly ModelInfo[]
  readonly globalFilters: readonly FilterInfo[]
  readonly dashboards: readonly DashboardInfo[]
}
