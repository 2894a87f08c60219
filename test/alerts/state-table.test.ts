import { expect, test } from 'vitest'
import type { Finding } from '../../runtime/alerts/checks/check.ts'
import { evaluateRule, type Findings } from '../../runtime/alerts/evaluate/evaluate-rule.ts'
import { type Instance, isActive } from '../../runtime/alerts/instance.ts'
import {
  firingOnes,
  inhibitorOf,
  isSilencedBy,
  maintenanceAt,
  planMessages,
} from '../../runtime/alerts/notify/index.ts'
import type { Rule } from '../../runtime/alerts/rule.ts'
import { STATE_CASES, type StateCase } from './state-table.ts'

const MINUTE = 60_000
const START = Date.parse('2026-03-01T00:00:00Z')
const at = (minute: number) => START + minute * MINUTE

test.each(STATE_CASES)('$name', (given) => {
  const steps = readSteps(given.steps)
  expect(steps.length).toBeGreaterThan(1)
  expect(play(given, steps)).toEqual(steps.map(({ messages, status }) => ({ status, messages })))
})

test('the table has at least forty cases, each with a name of its own', () => {
  expect(new Set(STATE_CASES.map(({ name }) => name)).size).toBeGreaterThanOrEqual(40)
})

interface Step {
  readonly minute: number
  readonly found: string
  readonly status: string
  readonly messages: string
}

function readSteps(text: string): readonly Step[] {
  return [...text.matchAll(/(\d+) (\w+):(\w+)(?:!(\w+))?/g)].map(([, minute, found, status, messages]) => ({
    minute: Number(minute),
    found: found ?? '',
    status: status ?? '',
    messages: messages ?? '',
  }))
}

function play(given: StateCase, steps: readonly Step[]) {
  const rule = ruleOf(given, 'watched', 'warning')
  const rules = new Map(
    [
      rule,
      ruleOf({ ...given, for: 0 }, 'worse', 'critical'),
      { ...ruleOf({ ...given, for: 0 }, 'cause', 'info'), metric: { name: 'other' } as Rule['metric'] },
    ].map((one) => [one.name, one]),
  )
  let known: readonly Instance[] = []
  return steps.map(({ found, minute }) => {
    if (given.restart?.includes(minute)) known = throughStore(known)
    if (given.acknowledge !== undefined && given.acknowledge < minute) known = acknowledged(known, given.acknowledge)
    const { instances } = evaluateRule(rule, 'acme', findingsOf(found), known, at(minute))
    const others = othersOf(given, rules, minute)
    const all = [...instances, ...others]
    const plan = planMessages({
      rules,
      channels: [{ name: 'inbox', type: 'in_app' }],
      instances: instances.filter((instance) => isActive(instance) || instance.notified !== null),
      mutedBy: (instance) => muted(given, instance, rules, all, minute),
      now: at(minute),
    })
    const changed = new Map(plan.instances.map((instance) => [instance.id, instance]))
    known = instances.map((instance) => changed.get(instance.id) ?? instance)
    return {
      status: known[0]?.state.status ?? 'normal',
      messages: plan.messages.map(({ status }) => status[0]).join(''),
    }
  })
}

function findingsOf(found: string): Findings {
  if (found === 'fail') return { problem: 'the warehouse is away' }
  if (found === 'missing') return []
  const base = { labels: { team: 'core' }, value: 1, detail: { text: found } }
  const outcome: Finding['outcome'] =
    found === 'gap' ? { kind: 'unchecked', why: 'no_data' } : { kind: found === 'met' ? 'met' : 'not_met' }
  return [{ ...base, outcome }]
}

function muted(
  given: StateCase,
  instance: Instance,
  rules: ReadonlyMap<string, Rule>,
  all: readonly Instance[],
  minute: number,
) {
  if (given.silence !== undefined) {
    const [from, to] = given.silence
    const silence = {
      id: 's',
      org: 'acme',
      alert: 'watched',
      matchers: {},
      reason: 'test',
      createdBy: 'me',
      startsAt: new Date(at(from)),
      endsAt: new Date(at(to)),
    }
    if (isSilencedBy(silence, instance, at(minute))) return 'silence'
  }
  if (given.maintenance !== undefined) {
    const [from, to] = given.maintenance.map((one) => new Date(at(one)).toISOString())
    const window = { name: 'm', from: from ?? '', to: to ?? '', source: { file: 'a.yml', line: 1 } }
    if (maintenanceAt([window], at(minute), 'UTC')(instance)) return 'maintenance'
  }
  return inhibitorOf(instance, rules, firingOnes(all)) === undefined ? undefined : 'inhibited'
}

/** The other alerts fire for the same team in their spans. */
function othersOf(given: StateCase, rules: ReadonlyMap<string, Rule>, minute: number): readonly Instance[] {
  return (['worse', 'cause'] as const).flatMap((name) => {
    const [from, to] = given[name] ?? [1, 0]
    const rule = rules.get(name)
    if (rule === undefined || minute < from || minute >= to) return []
    return evaluateRule(rule, 'acme', findingsOf('met'), [], at(minute)).instances
  })
}

const throughStore = (known: readonly Instance[]): readonly Instance[] => JSON.parse(JSON.stringify(known))
const acknowledged = (known: readonly Instance[], minute: number): readonly Instance[] =>
  known.map((instance) =>
    instance.state.status === 'normal' || (instance.state.firingSince ?? 0) > at(minute)
      ? instance
      : { ...instance, acknowledgedBy: 'me' },
  )

function ruleOf(given: StateCase, name: string, severity: Rule['severity']): Rule {
  const alert = {
    name,
    type: 'threshold' as const,
    metric: 'errors',
    by: ['team'],
    when: { above: 1 },
    notify: ['inbox'],
    inhibited_by: ['cause'],
    source: { file: 'a.yml', line: 1 },
  }
  return {
    alert,
    name,
    title: name,
    severity,
    metric: { name: 'errors' } as Rule['metric'],
    timing: {
      every: (given.every ?? 1) * MINUTE,
      for: (given.for ?? 0) * MINUTE,
      keepFiringFor: (given.keep ?? 0) * MINUTE,
    },
    repeat: given.repeat === undefined ? null : given.repeat * MINUTE,
    noData: given.noData ?? 'ok',
    maxInstances: 10,
    groupBy: null,
    check: { question: () => ({}), judge: () => [], words: 'errors above 1' },
  }
}
