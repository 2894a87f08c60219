import { createHash } from 'node:crypto'
import { PostgresQuery } from '@cubejs-backend/schema-compiler'
import type { ProjectSettings } from '../../../compiler/index.ts'
import type { Grain } from '../../../definitions/index.ts'
import type { Dialect } from '../../../warehouse/index.ts'
import { type Local, localToUtc } from '../../calendar.ts'
import { SHIFT_MARK } from '../../cube-model/stack/stack-branch.ts'
import type { BaseSelect, CubeQueryClass, Measure, MeasureSymbol } from './cube-query.ts'
import { fullJoin } from './full-join.ts'
import { Params } from './params.ts'
import { RollupMatcher } from './rollup-matcher.ts'
import { TypedFilter } from './typed-filter.ts'
import { intervalSql, windowSelect } from './windows.ts'

/** A local time as the parameter that stands for it; the end of a range is the last microsecond of its millisecond. */
export function instantParam(local: Local, timezone: string): string {
  const end = local.endsWith('999')
  return `${localToUtc(local, timezone, end)}${local.slice(23).padEnd(3, end ? '9' : '0')}`
}

const Base = PostgresQuery as unknown as CubeQueryClass
const QUANTILE = 'quantile__'

/**
 * Our SQL for both engines, on top of Cube's for PostgreSQL: exact range ends, correct days in every zone, weeks that
 * start on Sunday, windows as of the end of each bucket, percentiles, and filters with typed values.
 */
export function dialectClass(dialect: Dialect, { weekStart }: Pick<ProjectSettings, 'weekStart'>): CubeQueryClass {
  return class SemanticQuery extends Base {
    override newParamAllocator(params?: readonly unknown[]): Params {
      return new Params(params)
    }

    override timestampPrecision(): number {
      return 6
    }

    /** Cube takes the offset as if local time were UTC, which is an hour off around changes of the clock. */
    override inDbTimeZone(date: string): string {
      return instantParam(date, this.timezone)
    }

    override timeStampCast(value: string): string {
      return `CAST(${value} AS TIMESTAMP)`
    }

    override convertTz(field: string): string {
      return this.timezone === 'UTC' ? field : `((${field} AT TIME ZONE 'UTC') AT TIME ZONE '${this.timezone}')`
    }

    override timeGroupedColumn(granularity: string, dimension: string): string {
      if (granularity !== 'week' || weekStart === 'monday') return `date_trunc('${granularity}', ${dimension})`
      return `(date_trunc('week', ${dimension} + INTERVAL '1 day') - INTERVAL '1 day')`
    }

    override cubeSql(cube: string): string {
      return super
        .cubeSql(cube)
        .replace(SHIFT_MARK, (_, count: string, unit: string, sql: string) =>
          this.shifted(sql, intervalSql(Number(count), unit as Grain)),
        )
    }

    /** Moves an instant by the calendar of the query's zone. */
    shifted(sql: string, interval: string): string {
      if (this.timezone === 'UTC') return `(${sql} + ${interval})`
      return `(((${this.convertTz(sql)} + ${interval}) AT TIME ZONE '${this.timezone}') AT TIME ZONE 'UTC')`
    }

    /** Postgres cuts identifiers at 63 bytes, and then two may be the same. */
    override aliasName(name: string, isPreAggregationName?: boolean): string {
      const alias = super.aliasName(name, isPreAggregationName)
      if (alias.length <= 50) return alias
      return `${alias.slice(0, 40)}_${createHash('md5').update(alias).digest('hex').slice(0, 9)}`
    }

    /** Engines disagree on where nulls stand in descending order. */
    override orderHashToString(item: { readonly id: string; readonly desc: boolean }): string | null {
      const order = super.orderHashToString(item)
      return order === null ? null : `${order} NULLS LAST`
    }

    override newFilter(filter: unknown): unknown {
      return new TypedFilter(this, filter)
    }

    override newPreAggregations(): unknown {
      return new RollupMatcher(this)
    }

    override renderSqlMeasure(name: string, sql: string, symbol: MeasureSymbol, ...rest: unknown[]): string {
      const quantile = symbol.meta?.quantile
      // The view's measure carries the meta of the cube's, and is already an aggregate.
      if (quantile === undefined || symbol.type !== 'avg') return super.renderSqlMeasure(name, sql, symbol, ...rest)
      const rendered = super.renderSqlMeasure(name, sql, { ...symbol, type: QUANTILE }, ...rest)
      return rendered.startsWith(`${QUANTILE}(`)
        ? dialect.percentile(rendered.slice(QUANTILE.length + 1, -1), quantile)
        : rendered
    }

    /** A count of nothing is 0, from stored aggregates and over empty windows too. */
    override aggregateOnGroupedColumn(symbol: MeasureSymbol, sql: string, ...rest: unknown[]): string | undefined {
      const grouped = super.aggregateOnGroupedColumn(symbol, sql, ...rest)
      return grouped !== undefined && symbol.type === 'count' ? `coalesce(${grouped}, 0)` : grouped
    }

    override overTimeSeriesQuery(base: BaseSelect, measure: Measure, fromRollup: boolean): string {
      return windowSelect(this, base, measure, fromRollup, weekStart)
    }

    override outerMeasuresJoinFullKeyQueryAggregate(
      inner: readonly Measure[],
      outer: readonly Measure[],
      parts: readonly string[],
    ): string {
      return fullJoin(this, dialect, inner, outer, parts)
    }
  }
}
