import type { AlertView } from '../../../runtime/alerts/index.ts'
import type { Call } from '../../command.ts'
import { textTable } from '../../text-table.ts'
import { openAlerts } from './alerts-host.ts'

/** The alerts of each tenant with the states that the evaluator left. */
export async function list(call: Call): Promise<number> {
  const { out } = call
  const host = await openAlerts(call)
  try {
    const found: { readonly org: string | null; readonly alerts: readonly AlertView[] }[] = []
    for (const org of await host.tenants()) found.push({ org, alerts: await host.list(org) })
    if (out.json) out.result({ tenants: found })
    else for (const { alerts, org } of found) out.print(tableOf(org, alerts, out.colors.bold))
    return 0
  } finally {
    await host.close()
  }
}

function tableOf(org: string | null, alerts: readonly AlertView[], bold: (text: string) => string): string {
  const titles = ['alert', 'state', 'since', 'severity', 'condition', 'owner'].map((title) => ({ title }))
  const rows = alerts.map((alert) => [
    alert.name,
    stateOf(alert),
    alert.state === 'normal' || alert.since === null ? '—' : alert.since.slice(0, 16).replace('T', ' '),
    alert.severity,
    alert.condition,
    alert.owner ?? '—',
  ])
  const heading = org === null ? '' : `${bold(org)}\n`
  return alerts.length === 0 ? `${heading}No alerts.` : `${heading}${textTable(titles, rows, bold)}`
}

function stateOf({ enabled, instances, muted, state }: AlertView): string {
  if (!enabled) return 'off'
  const count = instances.filter((instance) => instance.state === state).length
  return `${state}${state !== 'normal' && count > 1 ? ` (${count})` : ''}${muted === null ? '' : ', muted'}`
}
