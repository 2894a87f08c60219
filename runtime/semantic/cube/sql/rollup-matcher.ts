import { PreAggregations } from '@cubejs-backend/schema-compiler'
import { fromMillis, toMillis } from '../../calendar.ts'
import type { CubeQuery, Measure, QueryOptions } from './cube-query.ts'
import { finestGrain, planWindow, windowOf } from './windows.ts'

export interface RollupMatch {
  readonly cube: string
  readonly preAggregationName: string
  readonly references: { readonly timeDimensions: readonly { readonly granularity?: string }[] }
}
interface CubeRollups {
  findPreAggregationForQuery(): RollupMatch | undefined
}
type CubeRollupsClass = new (query: unknown, history: readonly unknown[], lattice: unknown) => CubeRollups
interface MatchedQuery extends CubeQuery {
  readonly options: QueryOptions
  collectAllMemberNames(): readonly string[]
  readonly cubeEvaluator: { isMeasure(path: string): boolean }
  newMeasure(path: string): Measure
}

const Base = PreAggregations as unknown as CubeRollupsClass

/** Cube's matching, with two more questions: may this query be answered from one, and do its windows fall on the edges of the buckets? */
export class RollupMatcher extends Base {
  readonly #query: MatchedQuery
  /** Cube asks several times; no match is an answer too. */
  #match: { readonly found: RollupMatch | undefined } | undefined

  constructor(query: unknown) {
    super(query, [], undefined)
    this.#query = query as MatchedQuery
  }

  override findPreAggregationForQuery(): RollupMatch | undefined {
    if (this.#query.options.withoutRollups) return undefined
    this.#match ??= { found: this.#search() }
    return this.#match.found
  }

  #search(): RollupMatch | undefined {
    const match = super.findPreAggregationForQuery()
    return match !== undefined && fitsRange(this.#query, match) && fitsWindows(this.#query, match) ? match : undefined
  }
}

/** A range that begins or ends within a bucket cannot be answered from whole ones. */
function fitsRange(query: MatchedQuery, { references }: RollupMatch): boolean {
  const range = query.timeDimensions.find((time) => time.dateRange !== undefined)
  const stored = references.timeDimensions[0]?.granularity
  if (range === undefined || stored === undefined) return true
  const edge = stored === 'hour' ? /:00:00\.000$/ : /T00:00:00\.000$/
  const end = fromMillis(toMillis(range.dateToFormatted()) + 1)
  return [range.dateFromFormatted().slice(0, 23), end].every((time) => edge.test(time))
}

function fitsWindows(query: MatchedQuery, match: RollupMatch): boolean {
  const range = query.timeDimensions.find((time) => time.dateRange !== undefined)
  const windowed = windowedMeasures(query)
  if (windowed.length === 0 || range === undefined) return true
  const stored = match.references.timeDimensions[0]?.granularity
  const grain = finestGrain(query)
  const fine = windowed.map((measure) => planWindow(windowOf(measure), range, grain, 'monday').fine)
  return stored === 'hour' ? !fine.includes(null) : stored === 'day' && fine.every((unit) => unit === 'day')
}

const windowedMeasures = (query: MatchedQuery): readonly Measure[] =>
  query
    .collectAllMemberNames()
    .filter((path) => query.cubeEvaluator.isMeasure(path))
    .map((path) => query.newMeasure(path))
    .filter((measure) => measure.isCumulative())
