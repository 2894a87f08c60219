/** A query in Cube's terms: members are `view.name`. */
export interface CubeRequest {
  readonly measures: readonly string[]
  readonly dimensions: readonly string[]
  readonly timeDimensions: readonly CubeTimeDimension[]
  readonly filters: readonly CubeFilter[]
  readonly order: readonly { readonly id: string; readonly desc: boolean }[]
  readonly limit: number | null
  readonly rowLimit: number | null
  readonly timezone: string
}

export interface CubeTimeDimension {
  readonly dimension: string
  readonly granularity?: string
  /** Local times, both inclusive. */
  readonly dateRange?: readonly [string, string]
}

export type CubeFilter =
  | { readonly member: string; readonly operator: string; readonly values?: readonly string[] }
  | { readonly and: readonly CubeFilter[] }
  | { readonly or: readonly CubeFilter[] }
