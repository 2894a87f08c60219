import { type Instance, isFiring } from '../instance.ts'
import type { Rule, Severity } from '../rule.ts'

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 }

/** What mutes an instance: an alert of `inhibited_by`, or a worse alert on the same metric. Undefined: nothing. */
export function inhibitorOf(
  instance: Instance,
  rules: ReadonlyMap<string, Rule>,
  firing: readonly Instance[],
): Instance | undefined {
  const rule = rules.get(instance.alert)
  if (rule === undefined) return undefined
  return firing.find((other) => {
    if (other.alert === instance.alert || other.org !== instance.org || !agree(instance, other)) return false
    return (
      (rule.alert.inhibited_by ?? []).includes(other.alert) || isWorse(other, instance, rule, rules.get(other.alert))
    )
  })
}

export const firingOnes = (instances: readonly Instance[]): readonly Instance[] => instances.filter(isFiring)

/** The same metric and rows, the same kind of condition and the same instance. */
function isWorse(other: Instance, instance: Instance, rule: Rule, worse: Rule | undefined): boolean {
  if (worse === undefined || RANK[other.severity] <= RANK[instance.severity]) return false
  const about = ({ alert }: Rule) =>
    JSON.stringify([alert.type, alert.metric, [...(alert.by ?? [])].sort(), alert.where ?? null])
  return about(rule) === about(worse)
}

/** Labels that both have are equal. */
function agree(a: Instance, b: Instance): boolean {
  return Object.entries(a.labels).every(([name, value]) => !(name in b.labels) || b.labels[name] === value)
}
