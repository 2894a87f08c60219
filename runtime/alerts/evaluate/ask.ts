import type { QueryDefinition } from '../../definitions/index.ts'
import type { Row } from '../checks/check.ts'
import type { Rule } from '../rule.ts'

export type Answer = { readonly rows: readonly Row[] } | { readonly problem: string }
/** Asks one question in one tenant. */
export type Query = (query: QueryDefinition) => Promise<readonly Row[]>

interface Group {
  readonly rules: Rule[]
  readonly query: QueryDefinition
  readonly metrics: Set<string>
}

/** Answers the questions of many alerts with as few queries as they need. */
export async function askTogether(
  rules: readonly Rule[],
  now: number,
  query: Query,
): Promise<ReadonlyMap<Rule, Answer>> {
  const groups = new Map<string, Group>()
  for (const rule of rules) {
    const { metrics = [], ...rest } = rule.check.question(now)
    const key = JSON.stringify([rule.metric.home, rest])
    const group: Group = groups.get(key) ?? { rules: [], query: rest, metrics: new Set() }
    groups.set(key, group)
    group.rules.push(rule)
    for (const name of metrics) group.metrics.add(name)
  }
  const answers = new Map<Rule, Answer>()
  await inParallel([...groups.values()], async (group) => {
    const answer = await attempt(query, { ...group.query, metrics: [...group.metrics].sort() })
    for (const rule of group.rules) {
      const alone = 'problem' in answer && group.metrics.size > 1
      answers.set(rule, alone ? await attempt(query, rule.check.question(now)) : answer)
    }
  })
  return answers
}

const AT_ONCE = 4

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>) {
  const rest = items.values()
  const worker = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** Whatever goes wrong, the alert could not be checked, and says why. */
async function attempt(query: Query, question: QueryDefinition): Promise<Answer> {
  try {
    return { rows: await query(question) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
