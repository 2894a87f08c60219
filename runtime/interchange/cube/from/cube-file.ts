/** The parts of a data model of Cube that matter here; keys in snake_case as YAML has them. */
export interface CubeModel {
  readonly name: string
  readonly sql_table?: string
  readonly sql?: string
  readonly title?: string
  readonly description?: string
  readonly public?: boolean
  readonly extends?: string
  readonly joins?: readonly CubeJoin[]
  readonly dimensions?: readonly CubeDimension[]
  readonly measures?: readonly CubeMeasure[]
  readonly segments?: readonly CubeNamed[]
  readonly hierarchies?: readonly CubeHierarchy[]
  readonly pre_aggregations?: readonly CubePreAggregation[]
  readonly access_policy?: readonly CubePolicy[]
  readonly meta?: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

export interface CubeNamed {
  readonly name: string
}

export interface CubeJoin extends CubeNamed {
  readonly sql: string
  readonly relationship: string
}

export interface CubeHierarchy extends CubeNamed {
  readonly title?: string
  readonly levels?: readonly string[]
}

export interface CubeDimension extends CubeNamed {
  readonly sql?: string
  readonly type?: string
  readonly primary_key?: boolean
  readonly public?: boolean
  readonly title?: string
  readonly description?: string
  readonly meta?: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

export interface CubeMeasure extends CubeNamed {
  readonly type: string
  readonly sql?: string
  readonly filters?: readonly { readonly sql: string }[]
  readonly rolling_window?: {
    readonly trailing?: string
    readonly leading?: string
    readonly offset?: string
    readonly type?: string
    readonly granularity?: string
  }
  readonly time_shift?: readonly { readonly interval?: string; readonly type?: string; readonly name?: string }[]
  readonly multi_stage?: boolean
  readonly format?: unknown
  readonly public?: boolean
  readonly title?: string
  readonly description?: string
  readonly meta?: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

export interface CubePreAggregation extends CubeNamed {
  readonly type?: string
  readonly measures?: readonly string[]
  readonly dimensions?: readonly string[]
  readonly time_dimension?: string
  readonly granularity?: string
  readonly partition_granularity?: string
  readonly [key: string]: unknown
}

export interface CubePolicy {
  readonly group?: string
  readonly groups?: readonly string[]
  readonly role?: string
  readonly conditions?: readonly unknown[]
  readonly member_level?: {
    readonly includes?: string | readonly string[]
    readonly excludes?: string | readonly string[]
  }
  readonly member_masking?: unknown
  readonly row_level?: { readonly allow_all?: boolean; readonly filters?: readonly CubePolicyFilter[] }
}

export interface CubePolicyFilter {
  readonly member?: string
  readonly operator?: string
  readonly values?: string | readonly unknown[]
  readonly or?: readonly unknown[]
  readonly and?: readonly unknown[]
}

export interface CubeView extends CubeNamed {
  readonly access_policy?: readonly CubePolicy[]
}

export interface CubeFile {
  readonly cubes?: readonly CubeModel[]
  readonly views?: readonly CubeView[]
}
