import type { Widget } from '../../definitions/index.ts'
import { localTime } from './calendar.ts'
import type { Block } from './content.ts'

/** What of an alert goes off now, as far as somebody may see it. */
export interface FiringAlert {
  readonly name: string
  readonly title: string
  readonly severity: string
  /** What it goes off for, in words; empty where it has no parts. */
  readonly where: string
  readonly value: string
  readonly since: Date
}

const SEVERITIES = ['critical', 'warning', 'info']

/** What fires now, the worst and longest first. */
export function alertsBlock(
  { id, title }: { readonly id: string; readonly title: string },
  { alerts, severities }: Extract<Widget, { type: 'alerts' }>,
  firing: readonly FiringAlert[],
  timezone: string,
): Block {
  const shown = firing
    .filter(({ name, severity }) => (alerts?.includes(name) ?? true) && isOneOf(severities, severity))
    .sort((a, b) => rank(a) - rank(b) || a.since.getTime() - b.since.getTime())
  if (shown.length === 0) return { kind: 'text', id, title, note: null, text: 'No alert fires now.' }
  const columns = ['Alert', 'Where', 'Severity', 'Value', 'Since'].map((label) => ({
    ...{ label, kind: 'dimension' as const, format: null },
  }))
  const rows = shown.map((alert) => [
    ...[alert.title, alert.where, alert.severity, alert.value],
    localTime(alert.since, timezone),
  ])
  return { kind: 'table', id, title, note: 'What fires now.', table: { columns, rows, truncated: false } }
}

const isOneOf = (severities: readonly string[] | undefined, severity: string) => severities?.includes(severity) ?? true
const rank = ({ severity }: FiringAlert) => SEVERITIES.indexOf(severity)
