import type { Manifest } from '../../compiler/index.ts'
import { fail, suggest } from '../../diagnostics/index.ts'
import { askTogether, type Query } from '../evaluate/ask.ts'
import { evaluateRule } from '../evaluate/evaluate-rule.ts'
import type { Instance } from '../instance.ts'
import type { Rule } from '../rule.ts'
import { createRules } from '../rules.ts'
import type { Override } from '../state/index.ts'

export interface DryRun {
  readonly name: string
  readonly org: string | null
  readonly severity: string
  readonly condition: string
  /** What it would do now, as if nothing had been known before. */
  readonly verdict: 'fires' | 'waits' | 'quiet' | 'no_data' | 'error'
  readonly instances: readonly {
    readonly labels: Instance['labels']
    readonly verdict: DryRun['verdict']
    readonly value: number | null
    readonly why: string
  }[]
}

export interface DryRunInput {
  readonly manifest: Manifest
  readonly tenants: readonly (string | null)[]
  readonly queryAs: (org: string | null) => Query
  readonly overrides: readonly Override[]
  readonly now: Date
  readonly name?: string | undefined
}

/** Checks alerts now, tells nobody and remembers nothing. */
export async function dryRun({
  manifest,
  name,
  now,
  overrides,
  queryAs,
  tenants,
}: DryRunInput): Promise<readonly DryRun[]> {
  const rules = createRules(manifest)
  const names = manifest.alerts.map((alert) => alert.name)
  if (name !== undefined && !names.includes(name))
    fail('AM8030', `There is no alert \`${name}\`.`, { hint: suggest(name, names) })
  const results: DryRun[] = []
  for (const org of tenants) {
    const own = rules.of(overrides.filter((override) => override.org === org))
    const asked = [...own.values()].filter((rule) => name === undefined || rule.name === name)
    const answers = await askTogether(asked, now.getTime(), queryAs(org))
    for (const rule of asked) {
      const answer = answers.get(rule) ?? { problem: 'there was no answer' }
      const findings = 'problem' in answer ? answer : rule.check.judge(answer.rows, now.getTime())
      results.push(resultOf(rule, org, findings, now.getTime()))
    }
  }
  return results
}

const WORST: readonly DryRun['verdict'][] = ['fires', 'waits', 'error', 'no_data', 'quiet']

function resultOf(rule: Rule, org: string | null, findings: Parameters<typeof evaluateRule>[2], now: number): DryRun {
  const { instances } = evaluateRule(rule, org, findings, [], now)
  const failed = 'problem' in findings
  const shown = instances.map(({ detail, labels, state, value }) => {
    const verdict =
      state.status === 'firing'
        ? 'fires'
        : state.status === 'pending'
          ? 'waits'
          : failed
            ? 'error'
            : value === null
              ? 'no_data'
              : 'quiet'
    return { labels, verdict, value, why: detail.text } as const
  })
  const verdict = WORST.find((candidate) => shown.some((one) => one.verdict === candidate)) ?? 'no_data'
  return { name: rule.name, org, severity: rule.severity, condition: rule.check.words, verdict, instances: shown }
}
