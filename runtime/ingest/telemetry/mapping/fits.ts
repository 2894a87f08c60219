import type { TelemetryRecord } from '../otlp/index.ts'
import type { AgentMapping, Conditions, Rule } from './mapping.ts'
import { readPath } from './read-field.ts'

export function fits(record: TelemetryRecord, conditions: Conditions | undefined): boolean {
  return Object.entries(conditions ?? {}).every(([path, expected]) => {
    const value = readPath(record, path)
    const present = value !== undefined && value !== null && value !== ''
    if (typeof expected === 'boolean') return present === expected
    return present && (typeof expected === 'string' ? [expected] : expected).includes(String(value))
  })
}

export function recognises({ recognise }: AgentMapping, record: TelemetryRecord): boolean {
  const service = String(record.resource['service.name'] ?? '')
  return (
    (recognise.services ?? []).includes(service) ||
    (recognise.scopes ?? []).some((scope) => record.scope === scope || record.scope.startsWith(`${scope}.`)) ||
    (recognise.prefixes ?? []).some((prefix) => record.name.startsWith(prefix)) ||
    (recognise.attributes ?? []).some((name) => record.attributes[name] !== undefined)
  )
}

export type RuleIndex = (record: TelemetryRecord) => Rule | undefined

/** Finds the first rule of a mapping that fits, by signal and name. */
export function indexRules({ rules }: AgentMapping): RuleIndex {
  const byName = new Map<string, Rule[]>()
  for (const rule of rules) {
    for (const name of typeof rule.name === 'string' ? [rule.name] : rule.name) {
      const key = `${rule.on} ${name}`
      byName.set(key, [...(byName.get(key) ?? []), rule])
    }
  }
  return (record) =>
    [...(byName.get(`${record.signal} ${record.name}`) ?? []), ...(byName.get(`${record.signal} *`) ?? [])].find(
      (rule) => fits(record, rule.where),
    )
}
