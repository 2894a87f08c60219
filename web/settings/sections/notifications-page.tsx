import { say, sayFailure } from '../../frame/toasts.tsx'
import { Loaded, Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { useResource } from '../parts/use-resource.ts'
import { AlertWays } from './alert-ways.tsx'

export type Way = 'in_app' | 'email'
export type Severity = 'critical' | 'warning' | 'info'

export interface NotificationSettings {
  readonly severities: Readonly<Record<Severity, readonly Way[]>>
  readonly alerts: Readonly<Record<string, readonly Way[]>>
}

/** Whether alerts can be mailed to this person, and where to. */
export interface PersonalMail {
  readonly address: string | null
  /** Why they cannot. */
  readonly problem: string | null
}

const WAYS: readonly (readonly [Way, string])[] = [
  ['in_app', 'In the app'],
  ['email', 'By e-mail'],
]
const SEVERITIES: readonly (readonly [Severity, string])[] = [
  ['critical', 'Critical'],
  ['warning', 'Warning'],
  ['info', 'Information'],
]
export function NotificationsPage() {
  const preferences = useResource<{ notifications: NotificationSettings; mail: PersonalMail }>('/api/v1/preferences')
  const save = (notifications: NotificationSettings) => {
    send('PUT', '/api/v1/preferences', { notifications }).then(() => {
      say('Saved.')
      return preferences.reload()
    }, sayFailure)
  }
  return (
    <Loaded resource={preferences}>
      {({ notifications, mail }) => (
        <>
          <Severities settings={notifications} mail={mail} onChange={save} />
          <AlertWays settings={notifications} mail={mail} onChange={save} />
        </>
      )}
    </Loaded>
  )
}

export interface SettingsProps {
  readonly settings: NotificationSettings
  readonly mail: PersonalMail
  readonly onChange: (settings: NotificationSettings) => void
}

function Severities({ settings, mail, onChange }: SettingsProps) {
  const toggle = (severity: Severity, way: Way) => {
    const ways = settings.severities[severity]
    const changed = ways.includes(way) ? ways.filter((other) => other !== way) : [...ways, way]
    onChange({ ...settings, severities: { ...settings.severities, [severity]: changed } })
  }
  return (
    <Section
      title="By severity"
      text={`Which alerts of your organisation the bell tells you of, and which are mailed to you. ${mailText(mail)} Saved as you choose.`}
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
                      disabled={isClosed(way, mail, settings.severities[severity])}
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

const mailText = ({ address, problem }: PersonalMail) =>
  problem === null ? `Mails go to ${address}.` : `Mails cannot be chosen: ${problem}`

/** What cannot be chosen can still be given up. */
const isClosed = (way: Way, { problem }: PersonalMail, chosen: readonly Way[]) =>
  way === 'email' && problem !== null && !chosen.includes('email')
