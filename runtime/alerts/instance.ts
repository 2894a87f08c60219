import { createHash } from 'node:crypto'
import type { Detail, Labels } from './checks/check.ts'
import type { InstanceState, Status } from './machine/index.ts'
import type { Severity } from './rule.ts'

/** One alert for one value of its `by`, in one tenant. */
export interface Instance {
  readonly id: string
  /** The tenant; null where the project has none. */
  readonly org: string | null
  readonly alert: string
  readonly key: string
  readonly labels: Labels
  readonly severity: Severity
  readonly state: InstanceState
  readonly value: number | null
  readonly detail: Detail
  readonly notified: Notified | null
  readonly acknowledgedBy: string | null
  readonly acknowledgedAt: Date | null
}

/** What was told last of an instance. */
export interface Notified {
  readonly as: Status
  /** Milliseconds. */
  readonly at: number
  /** Messages of this episode so far. */
  readonly count: number
  /** Who was told under which name: needed where the rule is no more. */
  readonly under?: { readonly title: string; readonly group: string; readonly channels: readonly string[] }
}

export const instanceId = (org: string | null, alert: string, key: string): string =>
  createHash('sha256')
    .update(JSON.stringify([org, alert, key]))
    .digest('base64url')
    .slice(0, 16)

/** True while it is something to know about. */
export const isActive = ({ state }: Pick<Instance, 'state'>): boolean =>
  state.status !== 'normal' && state.status !== 'pending'

/** Still firing, whether or not the last check met it. */
export const isFiring = ({ state }: Pick<Instance, 'state'>): boolean =>
  state.status === 'firing' || state.status === 'recovering'

/** `team core, environment production`; empty where there is but one instance. */
export const nameOfLabels = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name} ${value ?? 'unknown'}`)
    .join(', ')
