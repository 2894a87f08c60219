import type { CubeRequest } from '../cube/cube-request.ts'
import type { Engine } from '../engine.ts'
import { closeRange } from '../query/close-range.ts'
import { MOST_ROWS, type QueryPlan } from '../query/plan-query.ts'
import type { ViewQuery } from '../query/view-query.ts'
import type { QueryAnswer, Served, SqlAnswer } from './answer.ts'
import { mergeRows, orderRows } from './merge-rows.ts'
import { readySql, runRequest } from './run-query.ts'
import { describeColumns, type Row, shapeRows } from './shape-answer.ts'

/** Asks each view of a plan and puts the answers together. */
export async function answerPlan(engine: Engine, plan: QueryPlan, signal?: AbortSignal): Promise<QueryAnswer> {
  const bounds = await sharedBounds(engine, plan)
  const parts = await Promise.all(plan.parts.map((part) => answerPart(engine, plan, part, bounds, signal)))
  const rows = together(
    plan,
    parts.map((part) => part.rows),
  )
  const truncated = plan.limit === MOST_ROWS + 1 && rows.length > MOST_ROWS
  return {
    columns: describeColumns(engine.index, plan),
    rows: truncated ? rows.slice(0, MOST_ROWS) : rows,
    served: mergeServed(parts.map((part) => part.served)),
    truncated,
    cached: false,
  }
}

/** The statements that `answerPlan` would run. */
export async function sqlOfPlan(engine: Engine, plan: QueryPlan): Promise<SqlAnswer> {
  const bounds = await sharedBounds(engine, plan)
  const parts = await Promise.all(
    plan.parts.map(async (part) => {
      const request = closedRequest(part, bounds)
      return request === null ? [] : [await readySql(engine, part.view, request)]
    }),
  )
  const ready = parts.flat()
  return {
    statements: ready.map(({ sql, params }) => ({ sql, params })),
    served: mergeServed(ready.map((part) => part.served)),
  }
}

interface PartAnswer {
  readonly rows: readonly Row[]
  readonly served: Served
}

async function answerPart(
  engine: Engine,
  plan: QueryPlan,
  part: ViewQuery,
  bounds: Bounds,
  signal?: AbortSignal,
): Promise<PartAnswer> {
  const request = closedRequest(part, bounds)
  if (request === null) return { rows: [], served: { rollup: null, skipped: [] } }
  const run = await runRequest(engine, part.view, request, signal)
  return { rows: shapeRows(plan, part.members, run), served: run.served }
}

type Bounds = readonly [string, string] | null

/** First and last instant of the rows that windows without a range look at, in all views: they end together. */
async function sharedBounds(engine: Engine, plan: QueryPlan): Promise<Bounds> {
  const open = plan.parts.filter((part) => part.openRange !== null)
  const all = await Promise.all(open.map((part) => engine.bounds(part.view, part.request)))
  const known = all.flatMap((bounds) => (bounds === null ? [] : [bounds]))
  const first = known.map(([instant]) => instant).sort()[0]
  const last = known
    .map(([, instant]) => instant)
    .sort()
    .at(-1)
  return first === undefined || last === undefined ? null : [first, last]
}

/** The request with both ends of its range where windows need them; null where there is no row to start from. */
function closedRequest(part: ViewQuery, bounds: Bounds): CubeRequest | null {
  if (part.openRange === null || part.time === null) return part.request
  return closeRange(part.request, part.time, part.openRange, bounds)
}

function together(plan: QueryPlan, parts: readonly (readonly Row[])[]): readonly Row[] {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const shown = plan.columns.filter((column) => !column.hidden).map((column) => column.name)
  return orderRows(plan, mergeRows(plan, parts)).map((row) =>
    Object.fromEntries(shown.map((name) => [name, row[name] ?? null])),
  )
}

function mergeServed(parts: readonly Served[]): Served {
  const names = parts.flatMap((part) => part.rollup ?? [])
  const skipped = parts.flatMap((part) => part.skipped).filter((skip) => !names.includes(skip.rollup))
  return {
    rollup: names.length === 0 ? null : [...new Set(names)].join(', '),
    skipped: [...new Map(skipped.map((skip) => [skip.rollup, skip])).values()],
  }
}
