import type { QueryDefinition } from '../../definitions/index.ts'
import { createRights } from '../access/rights.ts'
import type { createVisibility } from '../access/visibility.ts'
import type { ModelIndex } from '../cube-model/model-index.ts'
import { planQuery, type QueryPlan } from '../query/plan-query.ts'
import type { SecurityContext } from '../security-context.ts'
import { AnswerCache } from './answer-cache.ts'

/** A plan, and all that its answer depends on besides the data: the filters of the caller are part of the requests. */
export interface KeyedPlan {
  readonly plan: QueryPlan
  readonly key: string
  readonly views: readonly string[]
}

type Plans = (query: QueryDefinition, context: SecurityContext) => KeyedPlan

const KEPT = 20_000

/** Plans each question once for all callers with the same rights. */
export function createPlans(index: ModelIndex, visible: ReturnType<typeof createVisibility>): Plans {
  const cache = new AnswerCache<KeyedPlan>(KEPT)
  const rightsOf = createRights(index)
  return (query, context) => {
    const rights = rightsOf(context)
    const asked = `${JSON.stringify(rights)} ${JSON.stringify(query)}`
    const known = cache.get(asked)
    if (known !== undefined) return known
    const plan = planQuery(index, visible(rights.role), query, rights)
    const keyed = { plan, key: planKey(plan), views: plan.parts.map((part) => part.view) }
    cache.set(asked, keyed, 1)
    return keyed
  }
}

const planKey = ({ columns, order, limit, having, parts }: QueryPlan): string =>
  JSON.stringify([
    columns.map(({ name, hidden }) => [name, hidden]),
    order,
    limit,
    having,
    parts.map((part) => [part.request, part.members, part.openRange]),
  ])
