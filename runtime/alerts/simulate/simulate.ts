import type { QueryDefinition } from '../../definitions/index.ts'
import type { Finding, Row } from '../checks/check.ts'
import { type Answer, askTogether } from '../evaluate/ask.ts'
import { type Change, evaluateRule, type Findings } from '../evaluate/evaluate-rule.ts'
import type { Instance } from '../instance.ts'
import type { Status } from '../machine/index.ts'
import type { Rule } from '../rule.ts'

export interface Simulation {
  readonly rule: Rule
  readonly org: string | null
  /** Answers as they would have been at an instant. */
  readonly query: (query: QueryDefinition, now: number) => Promise<readonly Row[]>
  /** Milliseconds. */
  readonly from: number
  readonly to: number
  readonly step: number
}

export interface Sample {
  readonly at: number
  readonly key: string
  readonly labels: Instance['labels']
  readonly status: Status
  readonly value: number | null
  readonly expected: readonly [number, number] | null
  readonly text: string
}

export interface Timeline {
  readonly samples: readonly Sample[]
  readonly changes: readonly Change[]
  /** How often was looked. */
  readonly checks: number
}

/** Beyond so many checks, a sample is kept only where something is new. */
const MOST_SAMPLES = 4000

/** Checks an alert again and again with a clock of its own, from a state in which nothing is known. */
export async function simulate({ from, org, query, rule, step, to }: Simulation): Promise<Timeline> {
  const samples: Sample[] = []
  const changes: Change[] = []
  const isLong = (to - from) / step > MOST_SAMPLES
  const judge = judgeOf(rule)
  let known: readonly Instance[] = []
  let checks = 0
  for (let now = Math.ceil(from / step) * step; now <= to; now += step) {
    const answer = (await askTogether([rule], now, (question) => query(question, now))).get(rule)
    const { findings, isNew } = judge(answer ?? { problem: 'there was no answer' }, now)
    const evaluated = evaluateRule(rule, org, findings, known, now)
    known = evaluated.instances
    changes.push(...evaluated.changes)
    checks += 1
    if (!isLong || isNew || evaluated.changes.length > 0)
      samples.push(...known.map((instance) => sampleOf(instance, now)))
  }
  return { samples, changes, checks }
}

const sampleOf = ({ detail, key, labels, state, value }: Instance, at: number): Sample => ({
  at,
  key,
  labels,
  status: state.status,
  value,
  expected: detail.expected ?? null,
  text: detail.text,
})

/** The same rows mean the same as before: those of complete periods do not change until the next one is over. */
function judgeOf(rule: Rule) {
  let last: { readonly answer: readonly Row[]; readonly findings: readonly Finding[] } | undefined
  return (answer: Answer, now: number): { readonly findings: Findings; readonly isNew: boolean } => {
    if ('problem' in answer) return { findings: answer, isNew: true }
    if (last?.answer === answer.rows) return { findings: last.findings, isNew: false }
    const findings = rule.check.judge(answer.rows, now)
    last = { answer: answer.rows, findings }
    return { findings, isNew: true }
  }
}
