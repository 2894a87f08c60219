import { formatValue } from '../format-value.ts'
import type { Instance } from '../instance.ts'
import type { Status } from '../machine/index.ts'
import type { Silence } from '../notify/index.ts'
import type { CompiledAlert, Rule } from '../rule.ts'
import type { Override } from '../state/index.ts'

export interface InstanceView {
  readonly id: string
  readonly labels: Instance['labels']
  readonly state: Status
  readonly severity: string
  readonly value: number | null
  /** The value as people read it. */
  readonly shown: string | null
  readonly text: string
  readonly expected: readonly [number, number] | null
  readonly since: string
  readonly firingSince: string | null
  readonly acknowledgedBy: string | null
  readonly acknowledgedAt: string | null
  /** Why it tells nobody now. */
  readonly mutedBy: string | null
}

export interface AlertView {
  readonly name: string
  readonly title: string
  readonly description: string | null
  readonly severity: string
  readonly type: CompiledAlert['type']
  readonly metric: string
  readonly by: readonly string[]
  readonly state: Status
  readonly since: string | null
  readonly enabled: boolean
  readonly owner: string | null
  readonly runbook: string | null
  /** The condition in words, with the limits that hold. */
  readonly condition: string
  readonly notify: readonly string[]
  readonly bounds: { readonly min: number | null; readonly max: number | null } | null
  /** Limits as the file has them. */
  readonly limits: Readonly<Record<string, number>>
  readonly override: {
    readonly settings: Override['settings']
    readonly by: string
    readonly at: string
    readonly reason: string
  } | null
  readonly muted: {
    readonly id: string
    readonly by: string
    readonly reason: string
    readonly until: string | null
  } | null
  readonly source: CompiledAlert['source']
  readonly instances: readonly InstanceView[]
}

/** Worst first. */
const ORDER: readonly Status[] = ['firing', 'recovering', 'error', 'no_data', 'pending', 'normal']

export interface ViewParts {
  readonly alert: CompiledAlert
  readonly rule: Rule | undefined
  readonly instances: readonly Instance[]
  readonly override: Override | undefined
  readonly mute: Silence | undefined
  readonly showsValues: boolean
  readonly mutedBy: (instance: Instance) => string | null
}

export function viewOf({ alert, instances, mute, mutedBy, override, rule, showsValues }: ViewParts): AlertView {
  const sorted = [...instances].sort(
    (a, b) => ORDER.indexOf(a.state.status) - ORDER.indexOf(b.state.status) || a.state.since - b.state.since,
  )
  const [worst] = sorted
  const bounds = 'bounds' in alert ? alert.bounds : undefined
  return {
    name: alert.name,
    title: rule?.title ?? alert.title ?? alert.name,
    description: alert.description ?? null,
    severity: alert.severity ?? 'warning',
    type: alert.type,
    metric: alert.metric,
    by: alert.by ?? [],
    state: worst?.state.status ?? 'normal',
    since: worst === undefined ? null : instant(worst.state.firingSince ?? worst.state.since),
    enabled: alert.enabled !== false,
    owner: alert.owner ?? null,
    runbook: alert.runbook ?? null,
    condition: rule?.check.words ?? '',
    notify: alert.notify ?? [],
    bounds: bounds === undefined ? null : { min: bounds.min ?? null, max: bounds.max ?? null },
    limits: limitsOf(alert),
    override:
      override === undefined
        ? null
        : { settings: override.settings, by: override.by, at: override.at.toISOString(), reason: override.reason },
    muted:
      mute === undefined
        ? null
        : { id: mute.id, by: mute.createdBy, reason: mute.reason, until: mute.endsAt?.toISOString() ?? null },
    source: alert.source,
    instances: sorted.map((instance) => instanceView(instance, rule, showsValues, mutedBy(instance))),
  }
}

function instanceView(
  instance: Instance,
  rule: Rule | undefined,
  showsValues: boolean,
  mutedBy: string | null,
): InstanceView {
  const { acknowledgedAt, acknowledgedBy, detail, id, labels, severity, state } = instance
  const value = showsValues ? instance.value : null
  const format = rule?.alert.type === 'budget' ? ({ type: 'percent' } as const) : rule?.metric.format
  return {
    id,
    labels,
    state: state.status,
    severity,
    value,
    shown: value === null || format === undefined ? null : formatValue(format, value),
    text: showsValues ? detail.text : '',
    expected: showsValues ? (detail.expected ?? null) : null,
    since: instant(state.since),
    firingSince: state.firingSince === null ? null : instant(state.firingSince),
    acknowledgedBy,
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
    mutedBy,
  }
}

const instant = (millis: number) => new Date(millis).toISOString()

/** The limits that can be overridden, by key. */
export function limitsOf(alert: CompiledAlert): Readonly<Record<string, number>> {
  const when =
    alert.type === 'threshold' ? (alert.when.change ?? alert.when) : alert.type === 'adoption' ? alert.when : undefined
  const limits = { above: when !== undefined && 'above' in when ? when.above : undefined, below: when?.below }
  return Object.fromEntries(
    Object.entries(limits).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
