import type {
  Alert,
  Caller,
  Channel,
  Dashboard,
  DimensionType,
  Format,
  Grain,
  Maintenance,
  QueryDefinition,
  Report,
  Role,
  RowRule,
  ValueStatus,
} from '../definitions/index.ts'

/**
 * The compiled project: plain JSON, complete and deterministic. Everything is resolved: references, defaults,
 * join paths. What runs after compilation reads this, never the source files.
 */
export interface Manifest {
  readonly manifestVersion: 1
  readonly project: ProjectSettings
  /** Sorted by name, like every list of named things here. */
  readonly models: readonly SemanticModel[]
  readonly metrics: readonly Metric[]
  readonly stacks: readonly Stack[]
  readonly relations: readonly Relation[]
  readonly sources: readonly SourceTable[]
  /** How single rows are shown, for every model with a primary key. */
  readonly details: readonly RecordDetail[]
  readonly globalFilters: readonly CompiledFilter[]
  readonly dashboards: readonly CompiledDashboard[]
  readonly channels: readonly (Channel & Located)[]
  readonly alerts: readonly (Alert & Located)[]
  readonly reports: readonly CompiledReport[]
  readonly maintenance: readonly (Maintenance & Located)[]
  readonly tests: readonly CompiledTest[]
  readonly lineage: readonly LineageEdge[]
}

export interface ProjectSettings {
  readonly name: string
  readonly dialect: 'duckdb' | 'postgres'
  /** Name of the tenant column, or null where everything belongs to one tenant. */
  readonly tenantKey: string | null
  readonly timezone: string
  readonly weekStart: 'monday' | 'sunday'
}

export interface Located {
  readonly source: { readonly file: string; readonly line: number }
}

/**
 * SQL with its references resolved. A text part is SQL as written by the user, over the columns of the model's own
 * relation. A dimension part names the model that owns it: the model itself, or one reached by `joinPaths`.
 */
export type SqlExpression = readonly SqlPart[]
export type SqlPart =
  | { readonly text: string }
  | { readonly model: string; readonly dimension: string }
  | { readonly metric: string }

export interface SemanticModel extends Located {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly owner: string | null
  /** `name` of a model of models/, or `schema.table`, as written. */
  readonly relation: string
  /** Column, or null. */
  readonly primaryKey: string | null
  /** Own dimension that `time` and grains mean, or null. */
  readonly timeDimension: string | null
  /** True where the rows carry the tenant column. */
  readonly tenant: boolean
  readonly joins: readonly Join[]
  readonly dimensions: readonly Dimension[]
  readonly hierarchies: readonly {
    readonly name: string
    readonly label: string
    readonly levels: readonly DimensionRef[]
  }[]
  /** Every model reachable without fan-out, the model itself first with an empty path. Shortest path; ambiguous ones are absent. */
  readonly reachable: readonly { readonly model: string; readonly path: readonly string[] }[]
  /** Own rules and the project-wide ones that apply, resolved. */
  readonly access: readonly ModelAccess[]
  readonly preAggregations: readonly PreAggregation[]
  /** Columns of the relation that some definition reads, with the type that fits them best. */
  readonly columns: readonly { readonly name: string; readonly type: DimensionType }[]
}

export interface DimensionRef {
  readonly model: string
  readonly dimension: string
}

export interface Join {
  readonly to: string
  /** Column here. */
  readonly left: string
  /** Column there. */
  readonly right: string
  readonly relationship: 'many_to_one' | 'one_to_one' | 'one_to_many'
}

export interface Dimension extends Located {
  readonly name: string
  readonly type: DimensionType
  readonly label: string
  readonly description: string
  readonly sql: SqlExpression
  readonly values: readonly (string | number | boolean)[] | null
  /** How values are written; false where they are shown as they are stored. */
  readonly labels?: Readonly<Record<string, string>> | false
  /** What values mean. */
  readonly statuses?: Readonly<Record<string, ValueStatus>>
  readonly synonyms: readonly string[]
  readonly tags: readonly string[]
  /** False for the tenant column where it was not declared: it exists, but nobody is shown it. */
  readonly public: boolean
}

/** Rows and dimensions of one model as one role may see them. */
export interface ModelAccess {
  readonly role: Role
  /** All must hold. `dimension` is resolved; `value` is a constant, a list, or `{ attribute }` of the caller. */
  readonly rows: readonly {
    readonly dimension: DimensionRef
    readonly operator: RowRule['operator']
    readonly value: AccessValue
  }[]
  /** Own dimensions that are hidden, those computed from hidden ones included. */
  readonly hide: readonly string[]
  /** Own metrics that would show a hidden dimension's values (min and max over it). */
  readonly hideMetrics: readonly string[]
}
export type AccessValue =
  | { readonly constant: string | number | boolean | readonly (string | number | boolean)[] }
  | { readonly attribute: string }

export interface PreAggregation extends Located {
  readonly name: string
  readonly metrics: readonly string[]
  readonly dimensions: readonly DimensionRef[]
  readonly grain: Grain | null
  readonly partition: 'day' | 'week' | 'month' | 'quarter' | 'year' | null
}

export type Metric = SimpleMetric | CompositeMetric

interface MetricBase extends Located {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly owner: string | null
  readonly category: string | null
  readonly tier: 'P0' | 'P1' | 'P2' | null
  readonly refresh: 'real_time' | '5m' | 'hourly' | 'daily' | 'weekly' | null
  readonly format: Exclude<Format, string>
  readonly direction: 'up' | 'down' | 'neutral'
  readonly thresholds: { readonly good: number; readonly warn: number } | null
  readonly synonyms: readonly string[]
  readonly tags: readonly string[]
  readonly deprecated: { readonly since: string; readonly use?: string; readonly until?: string } | null
  /** Models whose rows it reads, sorted. */
  readonly models: readonly string[]
  /** Where the semantic layer answers it: a model, or a stack. */
  readonly home: { readonly model: string } | { readonly stack: string }
  /** The metric over plain aggregates: `{metric}` parts in `expression` name the key of a leaf. */
  readonly leaves: readonly Leaf[]
  readonly expression: SqlExpression
  /** Every dimension it can be grouped and filtered by, sorted by model and name. */
  readonly dimensions: readonly DimensionRef[]
}

export interface SimpleMetric extends MetricBase {
  readonly type: 'simple'
  readonly model: string
  readonly agg: 'count' | 'count_distinct' | 'sum' | 'avg' | 'min' | 'max' | 'median' | 'percentile'
  readonly percentile: number | null
  /** What is aggregated; null counts rows. */
  readonly sql: SqlExpression | null
  readonly filter: SqlExpression | null
}

export interface CompositeMetric extends MetricBase {
  readonly type: 'ratio' | 'derived' | 'cumulative' | 'offset'
  /** As declared. */
  readonly definition:
    | { readonly numerator: string; readonly denominator: string }
    | { readonly expr: string }
    | { readonly metric: string; readonly window: Window }
    | { readonly metric: string; readonly offset: Span }
}

export interface Span {
  readonly count: number
  readonly unit: Grain
}
export type Window =
  | { readonly toDate: 'day' | 'week' | 'month' | 'quarter' | 'year' }
  | { readonly trailing: Span }
  | { readonly all: true }

/** A simple metric as it was `shift` ago and/or over a `window`: what an expression is made of. */
export interface Leaf {
  /** Unique and stable: `total_spend`, `total_spend__1_month_ago`, `total_spend__month_to_date`. */
  readonly key: string
  readonly metric: string
  readonly model: string
  readonly shift: Span | null
  readonly window: Window | null
}

/**
 * Rows of several models (or of one at several times) under one another, so that metrics across them need no join
 * between facts: one branch for each model and shift, the dimensions they share as columns.
 */
export interface Stack {
  /** Made of its branches: `stack_costs_sessions`, `stack_costs_costs_1_month_ago`. */
  readonly name: string
  readonly branches: readonly { readonly model: string; readonly shift: Span | null }[]
  /** Models whose dimensions all branches share. */
  readonly shared: readonly string[]
  readonly leaves: readonly string[]
}

/** A node of the model DAG. */
export interface Relation extends Located {
  readonly name: string
  readonly description: string
  readonly materialized: 'view' | 'table' | 'incremental'
  /** How soon it follows its sources while serving. */
  readonly refresh: 'real_time' | '5m' | 'hourly' | 'daily'
  readonly uniqueKey: readonly string[]
  /** Which limit of `retention` holds for its rows: that of its tag. */
  readonly keep?: 'detail' | 'aggregate'
  /** The SQL template as written; `ref` and `source` are resolved when it runs. */
  readonly sql: string
  /** Names of relations it reads. */
  readonly refs: readonly string[]
  /** `source.table` it reads. */
  readonly sources: readonly string[]
  readonly columns: readonly { readonly name: string; readonly description: string }[]
  readonly tests: readonly RelationTest[]
}

export interface RelationTest extends Located {
  /** Stable: `unique_fct_orders_order_id`. */
  readonly name: string
  readonly column: string | null
  readonly check:
    | { readonly type: 'not_null' | 'unique' }
    | { readonly type: 'accepted_values'; readonly values: readonly (string | number | boolean)[] }
    | { readonly type: 'relationships'; readonly to: string; readonly toColumn: string }
    | { readonly type: 'sql'; readonly sql: string }
}

export interface SourceTable extends Located {
  readonly group: string
  readonly name: string
  readonly schema: string
  /** From the project folder, or null for a table of the warehouse. */
  readonly file: string | null
}

export interface RecordDetail {
  readonly model: string
  /** The dimension that identifies a row. */
  readonly key: DimensionRef
  readonly columns: readonly DimensionRef[]
  readonly metrics: readonly string[]
  /** Dimensions that make up its configuration. */
  readonly export: readonly DimensionRef[]
  readonly steps: RecordSteps | null
}

export interface RecordSteps {
  readonly model: string
  readonly key: DimensionRef
  /** What `parent` refers to. */
  readonly id: DimensionRef
  readonly order: DimensionRef
  readonly time: DimensionRef | null
  readonly start: DimensionRef | null
  readonly parent: DimensionRef | null
  readonly kind: DimensionRef | null
  readonly title: DimensionRef | null
  readonly status: DimensionRef | null
  readonly text: readonly DimensionRef[]
  readonly facts: readonly DimensionRef[]
  readonly duration: string | null
  readonly metrics: readonly string[]
}

/** A filter of all pages. `name` is its key in addresses; a tree has several levels, from coarse to fine. */
export interface CompiledFilter extends Located {
  readonly name: string
  readonly label: string
  readonly kind: 'tree' | 'toggle' | 'list'
  readonly levels: readonly DimensionRef[]
}

/** A mark in time; with a query one for each row, whose `{model.dimension}` stand for what the row says. */
export type CompiledAnnotation = NonNullable<Dashboard['annotations']>[number] & {
  readonly query: QueryDefinition | null
}

export interface CompiledDashboard extends Located {
  readonly name: string
  readonly title: string
  readonly path: string
  readonly description: string
  readonly icon: string | null
  readonly order: number
  readonly roles: readonly Role[] | null
  readonly filters: readonly string[]
  readonly range: NonNullable<Dashboard['range']>
  readonly compare: NonNullable<Dashboard['compare']>
  readonly annotations: readonly CompiledAnnotation[]
  readonly rows: readonly { readonly title: string | null; readonly widgets: readonly CompiledWidget[] }[]
}

/** A report; what it shows besides its dashboard stands in `rows`. */
export interface CompiledReport extends Omit<Report, 'rows'>, Located {
  readonly rows?: CompiledDashboard['rows']
  /** Text of the template that it names. */
  readonly templateSource?: string
}

/** A widget with its defaults filled in and the query that answers it (null for text). */
export interface CompiledWidget {
  readonly id: string
  readonly title: string
  readonly width: number
  readonly definition: Dashboard['rows'][number]['widgets'][number]
  readonly query: QueryDefinition | null
}

export interface CompiledTest extends Located {
  readonly name: string
  readonly kind: 'query' | 'alert'
  readonly as: Caller
  readonly alert?: string
  readonly given: unknown
  readonly query?: QueryDefinition
  readonly expect: unknown
}

/** `from` is used by `to`. Nodes: `source:raw.events`, `relation:fct_sessions`, `model:sessions`, `dimension:sessions.status`, `metric:success_rate`, `dashboard:usage`, `alert:…`, `report:…`. */
export interface LineageEdge {
  readonly from: string
  readonly to: string
}
