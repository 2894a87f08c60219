import type { Finding } from '../checks/check.ts'
import { keyOf } from '../checks/series.ts'
import { type Instance, instanceId } from '../instance.ts'
import { initialState, type Outcome, step, type Transition } from '../machine/index.ts'
import type { Rule } from '../rule.ts'

/** What was found, or why nothing could be. */
export type Findings = readonly Finding[] | { readonly problem: string }

export interface Evaluated {
  /** Every instance that there is now, normal ones too. */
  readonly instances: readonly Instance[]
  readonly changes: readonly Change[]
  /** Instances beyond the limit of the alert, which are not looked at. */
  readonly left: number
}

export interface Change extends Transition {
  readonly instance: Instance
}

/** One check of one alert in one tenant. Pure. */
export function evaluateRule(
  rule: Rule,
  org: string | null,
  findings: Findings,
  known: readonly Instance[],
  now: number,
): Evaluated {
  const before = new Map(known.map((instance) => [instance.key, instance]))
  const { found, left } =
    'problem' in findings ? { found: failed(findings.problem, known), left: 0 } : capped(rule, findings, before)
  const changes: Change[] = []
  const instances = found.map((finding) => {
    const { instance, transitions } = advance(rule, org, finding, before.get(keyOf(finding.labels)), now)
    for (const transition of transitions) changes.push({ ...transition, instance })
    return instance
  })
  return { instances, changes, left }
}

function advance(rule: Rule, org: string | null, finding: Finding, before: Instance | undefined, now: number) {
  const key = keyOf(finding.labels)
  const outcome = withPolicy(rule, finding.outcome)
  const { state, transitions } = step(before?.state ?? initialState(now), outcome, now, rule.timing)
  const isOver = state.status === 'normal'
  const unchecked = outcome.kind === 'unchecked' && before !== undefined
  const instance: Instance = {
    id: instanceId(org, rule.name, key),
    org,
    alert: rule.name,
    key,
    labels: finding.labels,
    severity: finding.severity ?? rule.severity,
    state,
    // What could not be checked does not hide what was known.
    value: unchecked && finding.value === null ? before.value : finding.value,
    detail: unchecked && transitions.length === 0 ? before.detail : finding.detail,
    notified: before?.notified ?? null,
    acknowledgedBy: isOver ? null : (before?.acknowledgedBy ?? null),
    acknowledgedAt: isOver ? null : (before?.acknowledgedAt ?? null),
  }
  return { instance, transitions }
}

function withPolicy({ noData }: Rule, outcome: Outcome): Outcome {
  if (outcome.kind !== 'unchecked' || outcome.why !== 'no_data' || noData === 'no_data') return outcome
  return { kind: noData === 'firing' ? 'met' : 'not_met' }
}

/** Instances that were known and are not in the answer have no data; new ones are taken up to the limit. */
function capped(rule: Rule, findings: readonly Finding[], known: ReadonlyMap<string, Instance>) {
  const seen = new Set(findings.map(({ labels }) => keyOf(labels)))
  const missing = [...known.values()].filter(({ key, labels }) => !seen.has(key) && belongs(rule, labels)).map(missed)
  const others = [...known.values()].filter(({ key, labels }) => !seen.has(key) && !belongs(rule, labels)).map(ended)
  const isKnown = ({ labels }: Finding) => known.has(keyOf(labels))
  const fresh = findings.filter((finding) => !isKnown(finding))
  const room = Math.max(0, rule.maxInstances - (findings.length - fresh.length) - missing.length)
  const chosen = fresh.length <= room ? fresh : [...fresh].sort(byUrgency).slice(0, room)
  return { found: [...findings.filter(isKnown), ...chosen, ...missing, ...others], left: fresh.length - chosen.length }
}

/** An instance of a failure, or of `by` as it was before the files changed, is not missed. */
const belongs = ({ alert }: Rule, labels: Finding['labels']): boolean =>
  (alert.by ?? []).every((name) => name in labels) &&
  Object.keys(labels).every((name) => (alert.by ?? []).includes(name) || name === 'part')

const ended = ({ labels, severity }: Instance): Finding => ({
  labels,
  value: null,
  severity,
  outcome: { kind: 'not_met' },
  detail: { text: 'It is looked at in another way now.' },
})

const missed = ({ labels, severity }: Instance): Finding => ({
  labels,
  value: null,
  severity,
  outcome: { kind: 'unchecked', why: 'no_data' },
  detail: { text: 'There is no data any more.' },
})

const rank = ({ outcome, value }: Finding) => [outcome.kind === 'met' ? 0 : 1, -Math.abs(value ?? 0)] as const

function byUrgency(a: Finding, b: Finding): number {
  const [metA, sizeA] = rank(a)
  const [metB, sizeB] = rank(b)
  return metA - metB || sizeA - sizeB || (keyOf(a.labels) < keyOf(b.labels) ? -1 : 1)
}

function failed(problem: string, known: readonly Instance[]): readonly Finding[] {
  const outcome: Outcome = { kind: 'unchecked', why: 'error' }
  const detail = { text: `It could not be checked: ${problem}` }
  if (known.length === 0) return [{ labels: {}, value: null, outcome, detail }]
  return known.map(({ labels, severity }) => ({ labels, severity, value: null, outcome, detail }))
}
