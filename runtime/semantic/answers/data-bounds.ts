import type { CubeRequest } from '../cube/cube-request.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'
import { FIRST_TIME, LAST_TIME } from '../cube-model/names.ts'
import type { Engine } from '../engine.ts'
import { membersOf } from '../rollups/explain.ts'
import { AnswerCache } from './answer-cache.ts'
import { runRequest } from './run-query.ts'
import { SharedWork } from './shared-work.ts'

type Bounds = readonly [string, string] | null

/** Looks up the first and last instant of the rows behind a request, once for each state of the data. */
export function createBounds(engine: () => Engine): Engine['bounds'] {
  const cache = new AnswerCache<{ readonly found: Bounds }>(20_000)
  const running = new SharedWork<Bounds>()
  return async (view, request) => {
    const asked = boundsRequest(engine().index, view, request)
    const versions = await engine().versionsOf([view])
    if (versions === null) return lookUp(engine(), view, asked)
    const key = `${versions} ${JSON.stringify(asked)}`
    const known = cache.get(key)
    if (known !== undefined) return known.found
    const found = await running.share(key, undefined, () => lookUp(engine(), view, asked))
    cache.set(key, { found }, 1)
    return found
  }
}

async function lookUp(engine: Engine, view: string, asked: CubeRequest): Promise<Bounds> {
  const { result } = await runRequest(engine, view, asked)
  const [first, last] = result.rows[0] ?? []
  return typeof first === 'string' && typeof last === 'string' ? [first, last] : null
}

/** Conditions on metrics hold for groups, not for rows. */
function boundsRequest(index: ModelIndex, view: string, { filters }: CubeRequest): CubeRequest {
  const ofRows = filters.filter(
    (filter) => !membersOf([filter]).some((member) => index.metric(member.slice(view.length + 1)) !== undefined),
  )
  return {
    measures: [`${view}.${FIRST_TIME}`, `${view}.${LAST_TIME}`],
    dimensions: [],
    timeDimensions: [],
    filters: ofRows,
    order: [],
    limit: null,
    rowLimit: null,
    timezone: 'UTC',
  }
}
