import type { Message } from '../../channels/index.ts'
import type { Channel } from '../../definitions/index.ts'
import { keyOf } from '../checks/series.ts'
import { type Instance, isActive } from '../instance.ts'
import type { Rule } from '../rule.ts'
import { limitMessages, messagesOf, removalMessages } from './messages.ts'

export interface Plan {
  readonly messages: readonly Message[]
  /** Instances whose notification state changed. */
  readonly instances: readonly Instance[]
}

export interface PlanInput {
  readonly rules: ReadonlyMap<string, Rule>
  readonly channels: readonly Channel[]
  /** Everything of one tenant that is active, or was told of. */
  readonly instances: readonly Instance[]
  /** Why an instance is to be quiet; undefined: it is not. */
  readonly mutedBy: (instance: Instance) => string | undefined
  readonly now: number
}

/** Who is to be told what now. Pure; told once, told again after `repeat`, and told when it is over. */
export function planMessages({ channels, instances, mutedBy, now, rules }: PlanInput): Plan {
  const groups = new Map<string, Instance[]>()
  const orphans = instances.filter(({ alert, notified }) => notified !== null && !rules.has(alert))
  for (const instance of instances) {
    const rule = rules.get(instance.alert)
    const key = groupKey(instance, rule)
    groups.set(key, [...(groups.get(key) ?? []), instance])
  }
  const plans = [...groups].map(([group, members]) =>
    planGroup(group, members, rules.get(members[0]?.alert ?? ''), mutedBy, now, channels),
  )
  return {
    messages: [...plans.flatMap(({ messages }) => messages), ...removalMessages(orphans, channels, now)],
    instances: plans.flatMap((plan) => plan.instances),
  }
}

export function groupKey({ alert, labels, org }: Instance, rule: Rule | undefined): string {
  const by = rule?.groupBy ?? Object.keys(labels)
  const shared = Object.fromEntries(by.map((name) => [name, labels[name] ?? null]))
  return `${org ?? ''}/${alert}/${keyOf(shared)}`
}

const NOTHING: Plan = { messages: [], instances: [] }

function planGroup(
  group: string,
  members: readonly Instance[],
  rule: Rule | undefined,
  mutedBy: PlanInput['mutedBy'],
  now: number,
  channels: readonly Channel[],
): Plan {
  if (rule === undefined) return NOTHING
  const active = members.filter(isActive)
  const audible = active.filter((instance) => mutedBy(instance) === undefined)
  const news = audible.filter((instance) => isNews(instance) || isDue(instance, rule, now))
  const over = members.filter((instance) => !isActive(instance) && instance.notified !== null)
  if (news.length > 0) {
    const names = new Set(channels.map(({ name }) => name))
    const under = { title: rule.title, group, channels: (rule.alert.notify ?? []).filter((name) => names.has(name)) }
    const told = audible.map((instance) => ({
      ...instance,
      notified: { as: instance.state.status, at: now, count: (instance.notified?.count ?? 0) + 1, under },
    }))
    const messages = messagesOf(rule, channels, { group, status: 'firing', news, members: audible, now })
    return {
      messages: [...messages, ...limitMessages(rule, channels, news, now)],
      instances: [...told, ...over.map(forget)],
    }
  }
  if (over.length === 0) return NOTHING
  const isOver = !active.some(({ notified }) => notified !== null)
  const messages = isOver
    ? messagesOf(rule, channels, { group, status: 'resolved', news: over, members: over, now })
    : []
  return { messages, instances: over.map(forget) }
}

const forget = (instance: Instance): Instance => ({ ...instance, notified: null })

/** Not told yet; or told that it could not be checked, and now it fires. */
function isNews({ notified, state }: Instance): boolean {
  if (notified === null) return true
  const failed = notified.as === 'error' || notified.as === 'no_data'
  return failed && state.status === 'firing'
}

/** Somebody who acknowledged it knows. */
function isDue({ acknowledgedBy, notified, state }: Instance, { repeat }: Rule, now: number): boolean {
  if (repeat === null || notified === null || acknowledgedBy !== null || state.status === 'recovering') return false
  return now - notified.at >= repeat
}
