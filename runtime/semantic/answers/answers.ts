import type { Engine } from '../engine.ts'
import type { QueryAnswer } from './answer.ts'
import { AnswerCache } from './answer-cache.ts'
import { answerPlan } from './answer-plan.ts'
import type { KeyedPlan } from './plans.ts'
import { SharedWork } from './shared-work.ts'

export interface Answered {
  /** The same object for everybody until the data changes. */
  readonly answer: QueryAnswer
  readonly cached: boolean
}

type Answers = (plan: KeyedPlan, signal?: AbortSignal) => Promise<Answered>

/** Answers plans; what was answered since the data changed last, or is being answered now, is not asked again. */
export function createAnswers(engine: Engine, cacheSize: number): Answers {
  const cache = new AnswerCache<QueryAnswer>(cacheSize)
  const running = new SharedWork<QueryAnswer>()
  return async ({ plan, key: planKey, views }, signal) => {
    const versions = await engine.versionsOf(views)
    if (versions === null) return { answer: await answerPlan(engine, plan, signal), cached: false }
    const key = `${versions} ${planKey}`
    const known = cache.get(key)
    if (known !== undefined) return { answer: known, cached: true }
    const answer = await running.share(key, signal, async (together) => {
      const made = await answerPlan(engine, plan, together)
      cache.set(key, made, (made.rows.length + 1) * made.columns.length)
      return made
    })
    return { answer, cached: false }
  }
}
