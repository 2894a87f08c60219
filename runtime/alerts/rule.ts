import type { Manifest, Metric } from '../compiler/index.ts'
import type { Grain } from '../definitions/index.ts'
import { anomalyCheck } from './checks/anomaly.ts'
import { budgetCheck } from './checks/budget.ts'
import type { Check, Setting } from './checks/check.ts'
import { eventCheck } from './checks/event.ts'
import { thresholdCheck } from './checks/threshold.ts'
import { millisOf } from './duration.ts'
import type { Timing } from './machine/index.ts'

export type CompiledAlert = Manifest['alerts'][number]
export type Severity = 'info' | 'warning' | 'critical'

/** An alert with its defaults filled in, ready to be checked. */
export interface Rule {
  readonly alert: CompiledAlert
  readonly name: string
  readonly title: string
  readonly severity: Severity
  readonly metric: Metric
  readonly timing: Timing
  /** Milliseconds after which an alert that still fires is told again; null never. */
  readonly repeat: number | null
  readonly noData: 'ok' | 'no_data' | 'firing'
  readonly maxInstances: number
  /** Instances with the same values of these are one incident; null: each is its own. */
  readonly groupBy: readonly string[] | null
  readonly check: Check
}

const MINUTE = 60_000
const LENGTH: Readonly<Record<Grain, number>> = {
  hour: 3.6e6,
  day: 8.64e7,
  week: 6.048e8,
  month: 2.6e9,
  quarter: 7.8e9,
  year: 3.15e10,
}

/** Undefined where the metric is not there: the files are broken, and validation says so. */
export function ruleOf(manifest: Manifest, alert: CompiledAlert): Rule | undefined {
  const metric = manifest.metrics.find(({ name }) => name === alert.metric)
  if (metric === undefined) return undefined
  const severity = alert.severity ?? 'warning'
  const { timezone, weekStart } = manifest.project
  const delay = alert.delay === undefined ? 0 : millisOf(alert.delay)
  const setting: Setting = { metric, by: alert.by ?? [], where: alert.where, clock: { timezone, weekStart }, delay }
  return {
    alert,
    name: alert.name,
    title: alert.title ?? titleOf(alert.name),
    severity,
    metric,
    timing: timingOf(alert),
    repeat: alert.repeat === undefined ? null : millisOf(alert.repeat),
    noData: 'no_data' in alert ? (alert.no_data ?? 'ok') : 'ok',
    maxInstances: alert.max_instances ?? 200,
    groupBy: alert.group_by ?? (alert.type === 'budget' ? (alert.by ?? []) : null),
    check: checkOf(alert, setting, severity),
  }
}

/** The grain that an alert looks at; undefined where it looks at a window before now. */
export function grainOf(alert: CompiledAlert): Grain | undefined {
  if (alert.type === 'budget' || alert.type === 'event') return undefined
  if (alert.type === 'threshold') return alert.grain ?? (alert.when.change === undefined ? undefined : 'day')
  return alert.grain ?? (alert.type === 'anomaly' ? 'day' : 'week')
}

const HISTORY: Readonly<Record<Grain, string>> = {
  hour: '28 days',
  day: '90 days',
  week: '52 weeks',
  month: '36 months',
  quarter: '20 quarters',
  year: '10 years',
}

function checkOf(alert: CompiledAlert, setting: Setting, severity: Severity): Check {
  const grain = grainOf(alert) ?? 'day'
  switch (alert.type) {
    case 'threshold': {
      const { change, above, below, outside } = alert.when
      const limits = change ?? {
        ...(above !== undefined && { above }),
        ...(below !== undefined && { below }),
        ...(outside && { outside }),
      }
      const window = alert.window === undefined ? {} : { window: alert.window }
      const chosen = grainOf(alert)
      return thresholdCheck(setting, {
        limits,
        ...window,
        ...(chosen && { grain: chosen }),
        ...(change && { comparedTo: change.compared_to ?? `1 ${grain}` }),
      })
    }
    case 'adoption':
      return thresholdCheck(setting, { limits: { below: alert.when.below }, grain })
    case 'anomaly':
      return anomalyCheck(setting, {
        grain,
        sensitivity: alert.sensitivity ?? 'medium',
        direction: alert.when?.direction ?? 'both',
        history: alert.history ?? HISTORY[grain],
      })
    case 'budget': {
      const { at = [50, 80, 100], budget, forecast = false, limit = false, period = 'month' } = alert
      return budgetCheck(setting, { budget, period, at, forecast, limit, severity })
    }
    case 'event':
      return eventCheck(setting, alert.when?.above ?? 0, alert.when?.within ?? '1h')
  }
}

function timingOf(alert: CompiledAlert): Timing {
  const when =
    alert.type === 'threshold' || alert.type === 'anomaly' || alert.type === 'adoption' ? alert.when : undefined
  const grain = grainOf(alert)
  // A deviation that pauses for a period is still the same episode.
  const keep = alert.type === 'anomaly' && grain !== undefined ? LENGTH[grain] : 0
  return {
    every: alert.every === undefined ? everyOf(alert, grain) : millisOf(alert.every),
    for: when?.for === undefined ? 0 : millisOf(when.for),
    keepFiringFor: when?.keep_firing_for === undefined ? keep : millisOf(when.keep_firing_for),
  }
}

function everyOf(alert: CompiledAlert, grain: Grain | undefined): number {
  if (alert.type === 'budget') return 15 * MINUTE
  if (grain === undefined) return MINUTE
  return grain === 'hour' ? 5 * MINUTE : 15 * MINUTE
}

const titleOf = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`
