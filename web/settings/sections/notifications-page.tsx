import { say, sayFailure } from '../../frame/toasts.tsx'
import { SelectField } from '../parts/field.tsx'
import { Loaded, Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { useResource } from '../parts/use-resource.ts'
import { AlertWays } from './alert-ways.tsx'

export type Way = 'in_app' | 'email' | 'digest'
export type Severity = 'critical' | 'warning' | 'info'

export interface NotificationSettings {
  readonly severities: Readonly<Record<Severity, readonly Way[]>>
  readonly alerts: Readonly<Record<string, readonly Way[]>>
  readonly channels: Readonly<Record<string, 'mute'>>
  readonly digest: 'off' | 'daily' | 'weekly'
}

export const WAYS: readonly (readonly [Way, string])[] = [
  ['in_app', 'In the app'],
  ['email', 'E-mail'],
  ['digest', 'Digest'],
]
const SEVERITIES: readonly (readonly [Severity, string])[] = [
  ['critical', 'Critical'],
  ['warning', 'Warning'],
  ['info', 'Information'],
]
const DIGESTS = [
  ['off', 'No digest'],
  ['daily', 'Every morning'],
  ['weekly', 'Every Monday'],
] as const

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
          <Channels settings={notifications} onChange={save} />
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
    <Section title="By severity" text="How you are told of alerts that concern you. Saved as you choose.">
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
      <div className="form form-grid">
        <SelectField
          label="Digest"
          value={settings.digest}
          options={DIGESTS}
          hint="One e-mail with all that is marked for it."
          onChange={(digest) => onChange({ ...settings, digest })}
        />
      </div>
    </Section>
  )
}

function Channels({ settings, onChange }: SettingsProps) {
  const channels = useResource<{ channels: readonly { name: string; type: string }[] }>('/api/v1/channels')
  if ((channels.data?.channels.length ?? 0) === 0) return null
  const toggle = (name: string) => {
    const { [name]: muted, ...others } = settings.channels
    onChange({ ...settings, channels: muted === undefined ? { ...others, [name]: 'mute' } : others })
  }
  return (
    <Section title="By channel" text="What already reaches you on a channel need not be told twice.">
      <div className="choices">
        {(channels.data?.channels ?? []).map(({ name, type }) => (
          <label key={name} className="switch">
            <input type="checkbox" checked={settings.channels[name] === 'mute'} onChange={() => toggle(name)} />
            <span>
              Do not tell me what goes to {name} <span className="field-hint">{type.replaceAll('_', ' ')}</span>
            </span>
          </label>
        ))}
      </div>
    </Section>
  )
}
