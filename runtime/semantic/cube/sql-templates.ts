import { AnswerCache } from '../answers/answer-cache.ts'
import type { CompiledSql } from './compiler.ts'
import type { CubeRequest } from './cube-request.ts'
import type { QueryOptions } from './sql/cube-query.ts'
import { instantParam } from './sql/dialect.ts'

type Compile = (query: CubeRequest, options: QueryOptions) => Promise<CompiledSql>

/** What is known of the SQL of requests that are the same but for the days of their range. */
interface Template {
  readonly compiled: CompiledSql
  readonly range: Ends
  /** For each parameter which end of the range it is, if any. */
  readonly ends: readonly (0 | 1 | null)[]
  /** `proven`: another range gave the same SQL; `refuted`: it did not. */
  state: 'seen' | 'proven' | 'refuted'
}

const KEPT = 5000

/**
 * Cube takes a millisecond to write a statement, and pages ask the same ones for other days all the time. Where two
 * ranges gave the same SQL but for their instants, it is taken for a third; windows write days into the SQL itself, and
 * are written anew each time.
 */
export function reuseSql(compile: Compile): Compile {
  const templates = new AnswerCache<Template>(KEPT)
  return async (query, options) => {
    const range = rangeOf(query)
    if (range === null) return compile(query, options)
    const key = shapeOf(query, options)
    const known = templates.get(key)
    if (known?.state === 'proven') return filled(known, range)
    const compiled = await compile(query, options)
    if (known === undefined) templates.set(key, { compiled, range, ends: endsOf(compiled, range), state: 'seen' }, 1)
    else if (known.state === 'seen' && isApart(known.range, range)) {
      const foretold = filled(known, range)
      known.state = foretold.sql === compiled.sql && isSame(foretold.params, compiled.params) ? 'proven' : 'refuted'
    }
    return compiled
  }
}

/** Both ends as parameters. */
type Ends = readonly [string, string]

function rangeOf({ timeDimensions, timezone }: CubeRequest): Ends | null {
  const [time, ...more] = timeDimensions
  if (time?.dateRange === undefined || more.length > 0) return null
  const [from, to] = time.dateRange
  return [instantParam(`${from}000`, timezone), instantParam(`${to}999`, timezone)]
}

/** A range of whole days may be answered from a daily aggregate, which makes its SQL another. */
function shapeOf(query: CubeRequest, options: QueryOptions): string {
  const timeDimensions = query.timeDimensions.map(({ dateRange: [from = '', to = ''] = [], ...time }) => ({
    ...time,
    edges: [from.slice(10), to.slice(10)],
  }))
  return JSON.stringify([{ ...query, timeDimensions }, options])
}

const endsOf = ({ params }: CompiledSql, range: Ends): Template['ends'] =>
  params.map((param) => (param === range[0] ? 0 : param === range[1] ? 1 : null))

function filled({ compiled, ends }: Template, range: Ends): CompiledSql {
  const params = compiled.params.map((param, at) => {
    const end = ends[at] ?? null
    return end === null ? param : range[end]
  })
  return { ...compiled, params }
}

/** An end that two ranges share may be a constant in what both gave. */
const isApart = (a: Ends, b: Ends): boolean => a[0] !== b[0] && a[1] !== b[1]

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, at) => value === b[at])
