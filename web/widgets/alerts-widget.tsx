import { useEffect, useState } from 'react'
import type { Widget } from '../../runtime/definitions/index.ts'
import { Card } from '../components/card.tsx'
import { Failure, Skeleton } from '../components/states.tsx'
import { StatusMark } from '../components/status-mark.tsx'
import { formatSince } from '../format/since.ts'
import { useStore } from '../queries/external-store.ts'
import { freshness } from '../queries/freshness.ts'
import { getJson } from '../queries/request.ts'
import { type AlertState, type State, worstFirst } from './alert-states.ts'
import type { WidgetProps } from './widget-props.ts'

const WORDS: Readonly<Record<State, string>> = {
  firing: 'Firing',
  error: 'Cannot be evaluated',
  pending: 'Pending',
  no_data: 'No data',
  recovering: 'Recovering',
  normal: 'Normal',
}
const EVERY = 15_000

/** How the alerts stand, the worst first. */
export function AlertsWidget(props: WidgetProps & { readonly definition: Extract<Widget, { type: 'alerts' }> }) {
  const { widget, menu, definition } = props
  const { alerts, error, retry } = useAlerts()
  const shown = alerts === null ? null : worstFirst(alerts, definition)
  const bad = shown?.filter(({ state }) => state === 'firing' || state === 'error').length ?? 0
  return (
    <Card
      title={widget.title === '' ? 'Alerts' : widget.title}
      description={definition.description}
      width={widget.width}
      loading={false}
      drill={definition.drill}
      height={definition.height}
      tools={menu}
    >
      {error !== null && alerts === null && <Failure error={error} retry={retry} height={120} />}
      {error === null && shown === null && <Skeleton height={120} />}
      {shown !== null && shown.length === 0 && (
        <div className="state">
          <p className="state-title">No alerts here</p>
          <p className="state-text">Declare some in a YAML file under alerts/: their states appear here.</p>
        </div>
      )}
      {shown !== null && shown.length > 0 && (
        <>
          <p className="alerts-summary" role="status">
            {bad === 0 ? `All ${shown.length} fine` : `${bad} of ${shown.length} need attention`}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
          <section className="alerts" tabIndex={0} aria-label="States of alerts">
            <ul>
              {shown.map((alert) => (
                <AlertRow key={alert.name} alert={alert} />
              ))}
            </ul>
          </section>
        </>
      )}
    </Card>
  )
}

function AlertRow({ alert }: { readonly alert: AlertState }) {
  const { name, title, severity, state, since, instances = [] } = alert
  const firing = instances.filter((one) => one.state === 'firing')
  const where = firing
    .slice(0, 3)
    .map(({ labels }) => Object.values(labels).join(', '))
    .filter((text) => text !== '')
  return (
    <li className="alert" data-state={state}>
      <StatusMark status={statusOf(state, severity)} label={WORDS[state]} />
      <span className="alert-name" title={`${title ?? name} (${severity})`}>
        {title ?? name}
        {where.length > 0 && (
          <span className="alert-where">
            {' '}
            {where.join(' · ')}
            {firing.length > 3 ? ` +${firing.length - 3}` : ''}
          </span>
        )}
      </span>
      <span className="alert-severity">{severity}</span>
      <span className="alert-since">{since === null || since === undefined ? '' : formatSince(since)}</span>
    </li>
  )
}

function statusOf(state: State, severity: AlertState['severity']): 'good' | 'warn' | 'bad' | 'none' {
  if (state === 'firing') return severity === 'critical' ? 'bad' : 'warn'
  if (state === 'error') return 'bad'
  if (state === 'no_data') return 'none'
  return state === 'normal' ? 'good' : 'warn'
}

/** The states of all alerts; those there were stay while asking again fails. */
function useAlerts() {
  const [alerts, setAlerts] = useState<readonly AlertState[] | null>(null)
  const [error, setError] = useState<Error | null>(null)
  const [attempt, setAttempt] = useState(0)
  const { data } = useStore(freshness)
  // biome-ignore lint/correctness/useExhaustiveDependencies: new data and another attempt ask again.
  useEffect(() => {
    const controller = new AbortController()
    const load = () =>
      getJson<readonly AlertState[] | { readonly alerts: readonly AlertState[] }>(
        '/api/v1/alerts?instances=open',
        controller.signal,
      ).then(
        (body) => {
          setAlerts(Array.isArray(body) ? body : (body as { alerts: readonly AlertState[] }).alerts)
          setError(null)
        },
        (reason: Error) => controller.signal.aborted || setError(reason),
      )
    void load()
    const timer = setInterval(() => document.visibilityState === 'visible' && void load(), EVERY)
    return () => {
      clearInterval(timer)
      controller.abort()
    }
  }, [attempt, data])
  return { alerts, error, retry: () => setAttempt(attempt + 1) }
}
