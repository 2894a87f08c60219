import type { Engine } from '../engine.ts'
import type { QueryPlan } from '../query/plan-query.ts'
import type { QueryAnswer } from './answer.ts'
import { AnswerCache } from './answer-cache.ts'
import { answerPlan } from './answer-plan.ts'
import { SharedWork } from './shared-work.ts'

type Answers = (plan: QueryPlan, signal?: AbortSignal) => Promise<QueryAnswer>

/** Answers plans; what was answered since the data changed last, or is being answered now, is not asked again. */
export function createAnswers(engine: Engine, cacheSize: number): Answers {
  const cache = new AnswerCache<QueryAnswer>(cacheSize)
  const running = new SharedWork<QueryAnswer>()
  return async (plan, signal) => {
    const versions = await engine.versionsOf(plan.parts.map((part) => part.view))
    if (versions === null) return answerPlan(engine, plan, signal)
    const key = `${versions} ${planKey(plan)}`
    const known = cache.get(key)
    if (known !== undefined) return { ...known, cached: true }
    return running.share(key, signal, async (together) => {
      const answer = await answerPlan(engine, plan, together)
      cache.set(key, answer, (answer.rows.length + 1) * answer.columns.length)
      return answer
    })
  }
}

/** All that an answer depends on besides the data; the filters of the caller are part of the requests. */
const planKey = ({ columns, order, limit, having, parts }: QueryPlan): string =>
  JSON.stringify([
    columns.map(({ name, hidden }) => [name, hidden]),
    order,
    limit,
    having,
    parts.map((part) => [part.request, part.members, part.openRange]),
  ])
