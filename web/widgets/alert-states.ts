export type State = 'normal' | 'pending' | 'firing' | 'recovering' | 'no_data' | 'error'

/** An alert with its states, as the server tells them. */
export interface AlertState {
  readonly name: string
  readonly title?: string | null
  readonly severity: 'info' | 'warning' | 'critical'
  readonly state: State
  readonly since?: string | null
  readonly instances?: readonly { readonly labels: Readonly<Record<string, unknown>>; readonly state: State }[]
}

const ORDER: readonly State[] = ['firing', 'error', 'pending', 'no_data', 'recovering', 'normal']
const SEVERITIES = ['critical', 'warning', 'info'] as const
/** The alerts that a widget shows. */
export function worstFirst(
  alerts: readonly AlertState[],
  { alerts: names, severities }: { readonly alerts?: readonly string[]; readonly severities?: readonly string[] },
): readonly AlertState[] {
  return alerts
    .filter(({ name, severity }) => (names?.includes(name) ?? true) && (severities?.includes(severity) ?? true))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        a.name.localeCompare(b.name),
    )
}
