import { say, sayFailure } from '../../frame/toasts.tsx'
import { Loaded, Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { useResource } from '../parts/use-resource.ts'
import { AlertWays } from './alert-ways.tsx'

export type Way = 'in_app'
export type Severity = 'critical' | 'warning' | 'info'

export interface NotificationSettings {
  readonly severities: Readonly<Record<Severity, readonly Way[]>>
  readonly alerts: Readonly<Record<string, readonly Way[]>>
}

const WAYS: readonly (readonly [Way, string])[] = [['in_app', 'In the app']]
const SEVERITIES: readonly (readonly [Severity, string])[] = [
  ['critical', 'Critical'],
  ['warning', 'Warning'],
  ['info', 'Information'],
]
export function NotificationsPage() {
  const preferences = useResource<{ notifications: NotificationSettings }>('/api/v1/preferences')
  const save = (notifications: NotificationSettings) => {
    send('PUT', '/api/v1/preferences', { notifications }).then(() => {
      say('Saved.')
      return preferences.reload()
    }, sayFailure)
  }
  return (
    <Loaded resource={preferences}>
      {({ notifications }) => (
        <>
          <Severities settings={notifications} onChange={save} />
          <AlertWays settings={notifications} onChange={save} />
        </>
      )}
    </Loaded>
  )
}

export interface SettingsProps {
  readonly settings: NotificationSettings
  readonly onChange: (settings: NotificationSettings) => void
}

function Severities({ settings, onChange }: SettingsProps) {
  const toggle = (severity: Severity, way: Way) => {
    const ways = settings.severities[severity]
    const changed = ways.includes(way) ? ways.filter((other) => other !== way) : [...ways, way]
    onChange({ ...settings, severities: { ...settings.severities, [severity]: changed } })
  }
  return (
    <Section
      title="By severity"
      text="Which alerts the bell tells you of. Mail and other channels are as the files of the project say. Saved as you choose."
    >
      <div className="table-scroll">
        <table className="setting-table setting-table-choices">
          <thead>
            <tr>
              <th scope="col">Alerts that are</th>
              {WAYS.map(([way, title]) => (
                <th key={way} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {SEVERITIES.map(([severity, title]) => (
              <tr key={severity}>
                <th scope="row">{title}</th>
                {WAYS.map(([way, wayTitle]) => (
                  <td key={way}>
                    <input
                      type="checkbox"
                      aria-label={`${title}: ${wayTitle}`}
                      checked={settings.severities[severity].includes(way)}
                      onChange={() => toggle(severity, way)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
