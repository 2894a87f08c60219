import { Searchable } from '../parts/searchable.tsx'
import { Loaded, Nothing, Section } from '../parts/section.tsx'
import { useResource } from '../parts/use-resource.ts'
import { type AlertInfo, listOf, textOf } from './alert-info.ts'
import type { PersonalMail, SettingsProps, Way } from './notifications-page.tsx'

const CHOICES: readonly (readonly [string, string, readonly Way[] | null])[] = [
  ['severity', 'As its severity says', null],
  ['mute', 'Not at all', []],
  ['in_app', 'In the app', ['in_app']],
  ['email', 'By e-mail', ['email']],
  ['both', 'In the app and by e-mail', ['in_app', 'email']],
]

/** How to be told of single alerts, whatever their severity. */
export function AlertWays({ settings, mail, onChange }: SettingsProps) {
  const alerts = useResource<unknown>('/api/v1/alerts')
  const choose = (name: string, ways: readonly Way[] | null) => {
    const { [name]: _before, ...others } = settings.alerts
    onChange({ ...settings, alerts: ways === null ? others : { ...others, [name]: ways } })
  }
  return (
    <Section title="By alert" text="What is chosen here counts before the severity.">
      <Loaded resource={alerts} absent="The project declares no alerts.">
        {(data) => {
          const all = listOf(data)
          if (all.length === 0) return <Nothing text="The project declares no alerts." />
          return (
            <Searchable items={all} label="Find an alert" textOf={textOf}>
              {(found) => (
                <ul className="rows">
                  {found.map((alert) => (
                    <AlertWay
                      key={alert.name}
                      alert={alert}
                      mail={mail}
                      value={choiceOf(settings.alerts[alert.name])}
                      onChange={(choice) => choose(alert.name, waysOf(choice))}
                    />
                  ))}
                </ul>
              )}
            </Searchable>
          )
        }}
      </Loaded>
    </Section>
  )
}

interface AlertWayProps {
  readonly alert: AlertInfo
  readonly mail: PersonalMail
  readonly value: string
  readonly onChange: (choice: string) => void
}

function AlertWay({ alert, mail, value, onChange }: AlertWayProps) {
  return (
    <li className="rows-item">
      <div>
        <p className="rows-title">
          {alert.title} <span className="tag">{alert.severity}</span>
        </p>
        <p className="rows-text">{alert.condition}</p>
      </div>
      <select
        className="input"
        aria-label={`How to be told of ${alert.title}`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {CHOICES.map(([name, title, ways]) => (
          <option key={name} value={name} disabled={name !== value && ways?.includes('email') && mail.problem !== null}>
            {title}
          </option>
        ))}
      </select>
    </li>
  )
}

const waysOf = (choice: string): readonly Way[] | null => CHOICES.find(([name]) => name === choice)?.[2] ?? null

function choiceOf(ways: readonly Way[] | undefined): string {
  if (ways === undefined) return 'severity'
  return (
    CHOICES.find(([, , own]) => own !== null && [...own].sort().join() === [...ways].sort().join())?.[0] ?? 'in_app'
  )
}
