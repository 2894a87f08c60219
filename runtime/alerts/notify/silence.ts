import { Cron } from 'croner'
import type { Manifest } from '../../compiler/index.ts'
import { millisOf } from '../duration.ts'
import type { Instance } from '../instance.ts'

/** Mutes what it matches until it ends; without an end until it is ended. */
export interface Silence {
  readonly id: string
  readonly org: string | null
  /** The alert; null means any. */
  readonly alert: string | null
  /** Values by label; `*` stands for any text. */
  readonly matchers: Readonly<Record<string, string>>
  readonly reason: string
  readonly createdBy: string
  readonly startsAt: Date
  readonly endsAt: Date | null
}

export function isSilencedBy(silence: Silence, instance: Instance, now: number): boolean {
  if (silence.startsAt.getTime() > now || (silence.endsAt !== null && silence.endsAt.getTime() <= now)) return false
  if (silence.org !== instance.org || (silence.alert !== null && silence.alert !== instance.alert)) return false
  return matches(silence.matchers, instance)
}

type Maintenance = Manifest['maintenance'][number]

/** Tells the window that mutes an instance at a moment. */
export function maintenanceAt(
  windows: readonly Maintenance[],
  now: number,
  timezone: string,
): (instance: Instance) => Maintenance | undefined {
  const open = windows.filter((window) => isOpen(window, now, timezone))
  return (instance) =>
    open.find(
      ({ alerts, match = {} }) => (alerts === undefined || alerts.includes(instance.alert)) && matches(match, instance),
    )
}

function isOpen({ duration, from, schedule, to, timezone: own }: Maintenance, now: number, timezone: string): boolean {
  if (from !== undefined && to !== undefined) return Date.parse(from) <= now && now < Date.parse(to)
  if (schedule === undefined || duration === undefined) return false
  // A beginning that lies less than one duration back.
  const begin = new Cron(schedule, { timezone: own ?? timezone }).nextRun(new Date(now - millisOf(duration)))
  return begin !== null && begin.getTime() <= now
}

/** Labels of an instance are its values of `by`, its alert and its severity. */
function matches(matchers: Readonly<Record<string, string>>, { alert, labels, severity }: Instance): boolean {
  const known: Readonly<Record<string, unknown>> = { alert, severity, ...labels }
  return Object.entries(matchers).every(
    ([name, pattern]) => name in known && matchesText(pattern, String(known[name] ?? '')),
  )
}

function matchesText(pattern: string, text: string): boolean {
  const parts = pattern.split('*')
  if (parts.length === 1) return pattern === text
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  let position = first.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, position)
    if (found < 0) return false
    position = found + part.length
  }
  return position <= text.length - last.length
}
