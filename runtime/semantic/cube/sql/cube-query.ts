import type { Params } from './params.ts'

/** The parts of Cube's SQL generator that our dialect builds on; its own types are generated from comments and say less. */
export interface CubeQuery {
  readonly timezone: string
  readonly options: QueryOptions
  readonly timeDimensions: readonly TimeDimension[]
  readonly dimensions: readonly Member[]
  readonly measures: readonly Measure[]
  readonly measureFilters: readonly unknown[]
  readonly segments: readonly Condition[]
  readonly filters: readonly Condition[]
  readonly paramAllocator: Params
  newParamAllocator(params?: readonly unknown[]): Params
  convertTz(field: string): string
  timeGroupedColumn(granularity: string, dimension: string): string
  timestampPrecision(): number
  inDbTimeZone(date: string): string
  timeStampCast(value: string): string
  cubeSql(cube: string): string
  aliasName(name: string, isPreAggregationName?: boolean): string
  cubeAlias(name: string): string
  escapeColumnName(name: string): string
  orderHashToString(item: { readonly id: string; readonly desc: boolean }): string | null
  newFilter(filter: unknown): unknown
  newPreAggregations(): unknown
  dimensionSql(dimension: TimeDimension): string
  renderSqlMeasure(name: string, sql: string, symbol: MeasureSymbol, ...rest: unknown[]): string
  aggregateOnGroupedColumn(symbol: MeasureSymbol, sql: string, ...rest: unknown[]): string | undefined
  overTimeSeriesQuery(base: BaseSelect, measure: Measure, fromRollup: boolean): string
  outerMeasuresJoinFullKeyQueryAggregate(
    inner: readonly Measure[],
    outer: readonly Measure[],
    parts: readonly string[],
  ): string
  groupedUngroupedSelect(select: () => string, ungrouped: boolean, granularity?: string): string
  evaluateSymbolSqlWithContext<T>(work: () => T, context: object): T
  dimensionAliasNames(): readonly string[]
  baseWhere(filters: readonly unknown[]): string
  groupByClause(): string
  orderBy(): string
  groupByDimensionLimit(): string
  minGranularity(a: string | null, b: string | null): string
}

export interface QueryOptions {
  /** Answer from the relations although a stored aggregate matches. */
  readonly withoutRollups?: boolean
  readonly preAggregationQuery?: boolean
  /** Consider this stored aggregate alone. */
  readonly preAggregationId?: string
}

export type BaseSelect = (measures: readonly Measure[], filters: readonly Condition[], grouped?: boolean) => string

export interface Condition {
  filterToWhere(): string | null
}

export interface Member {
  cumulativeSelectColumns(): readonly string[] | null
}

export interface Measure extends Member {
  readonly measure: string
  aliasName(): string
  selectColumns(): readonly string[]
  isAdditive(): boolean
  isCumulative(): boolean
  measureDefinition(): MeasureSymbol
}

export interface MeasureSymbol {
  readonly type: string
  readonly meta?: { readonly quantile?: number; readonly window?: unknown }
}

export interface TimeDimension {
  readonly dimension: string
  readonly granularity?: string
  readonly dateRange?: readonly string[]
  aliasName(): string
  dateSeriesAliasName(): string
  dateSeriesSelectColumn(alias: string | null, granularity: string): string | null
  dateFromFormatted(): string
  dateToFormatted(): string
}

export type CubeQueryClass = new (compilers: unknown, options: QueryOptions) => CubeQuery
