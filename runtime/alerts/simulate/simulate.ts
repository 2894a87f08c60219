import type { QueryDefinition } from '../../definitions/index.ts'
import type { Row } from '../checks/check.ts'
import { askTogether } from '../evaluate/ask.ts'
import { type Change, evaluateRule } from '../evaluate/evaluate-rule.ts'
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
}

/** Checks an alert again and again with a clock of its own, from a state in which nothing is known. */
export async function simulate({ from, org, query, rule, step, to }: Simulation): Promise<Timeline> {
  const samples: Sample[] = []
  const changes: Change[] = []
  let known: readonly Instance[] = []
  for (let now = Math.ceil(from / step) * step; now <= to; now += step) {
    const answer = (await askTogether([rule], now, (question) => query(question, now))).get(rule)
    const findings =
      answer === undefined
        ? { problem: 'there was no answer' }
        : 'problem' in answer
          ? answer
          : rule.check.judge(answer.rows, now)
    const evaluated = evaluateRule(rule, org, findings, known, now)
    known = evaluated.instances
    changes.push(...evaluated.changes)
    for (const { detail, key, labels, state, value } of known) {
      samples.push({
        at: now,
        key,
        labels,
        status: state.status,
        value,
        expected: detail.expected ?? null,
        text: detail.text,
      })
    }
  }
  return { samples, changes }
}
