import type { Manifest } from '../compiler/index.ts'
import { type CompiledAlert, type Rule, ruleOf } from './rule.ts'
import type { Override } from './state/index.ts'

/** The alerts of a project as each tenant has them. */
export interface Rules {
  /** Those that are switched on, by name. */
  of(overrides: readonly Override[]): ReadonlyMap<string, Rule>
}

export function createRules(manifest: Manifest): Rules {
  const enabled = manifest.alerts.filter(({ enabled }) => enabled !== false)
  const plain = new Map(enabled.flatMap((alert) => pair(ruleOf(manifest, alert))))
  const changed = new Map<string, Rule | undefined>()
  return {
    of: (overrides) => {
      const mine = overrides.filter(({ alert }) => plain.has(alert))
      if (mine.length === 0) return plain
      const rules = new Map(plain)
      for (const { alert: name, settings } of mine) {
        const key = JSON.stringify([name, settings])
        const alert = enabled.find((candidate) => candidate.name === name)
        if (!changed.has(key)) changed.set(key, alert && ruleOf(manifest, overridden(alert, settings)))
        const rule = changed.get(key)
        if (rule !== undefined) rules.set(name, rule)
      }
      return rules
    },
  }
}

const pair = (rule: Rule | undefined): readonly (readonly [string, Rule])[] =>
  rule === undefined ? [] : [[rule.name, rule]]

/** The alert with the limits of a tenant. Limits that it does not have are not added. */
export function overridden(alert: CompiledAlert, { above, below }: Override['settings']): CompiledAlert {
  if (alert.type === 'adoption') return below === undefined ? alert : { ...alert, when: { ...alert.when, below } }
  if (alert.type !== 'threshold') return alert
  const apply = <T extends { readonly above?: number; readonly below?: number }>(limits: T): T => ({
    ...limits,
    ...(above !== undefined && limits.above !== undefined && { above }),
    ...(below !== undefined && limits.below !== undefined && { below }),
  })
  const { change } = alert.when
  return { ...alert, when: { ...apply(alert.when), ...(change && { change: apply(change) }) } }
}
