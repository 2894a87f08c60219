import { StatusMark } from '../../components/status-mark.tsx'
import { Searchable } from '../parts/searchable.tsx'
import { Loaded, Nothing, Section } from '../parts/section.tsx'
import { useTimes } from '../parts/times.ts'
import { useResource } from '../parts/use-resource.ts'
import type { SectionProps } from '../sections.ts'
import { type AlertInfo, listOf, textOf } from './alert-info.ts'
import { AlertLimits } from './alert-limits.tsx'

const MARKS: Readonly<Record<string, 'good' | 'warn' | 'bad' | 'none'>> = {
  normal: 'good',
  firing: 'bad',
  pending: 'warn',
  recovering: 'warn',
  error: 'warn',
  no_data: 'none',
}

export function AlertsPage({ project }: SectionProps) {
  const alerts = useResource<unknown>('/api/v1/alerts')
  const times = useTimes(project)
  return (
    <Section
      title="Thresholds"
      text="A change here holds at once and is in the audit log. The file stays as it is: copy the change into it to keep it."
    >
      <Loaded resource={alerts} absent="The project declares no alerts. Add files under alerts/.">
        {(data) => {
          const all = listOf(data)
          if (all.length === 0) return <Nothing text="The project declares no alerts. Add files under alerts/." />
          return (
            <Searchable items={all} label="Find an alert" textOf={textOf}>
              {(found) => (
                <ul className="rows">
                  {found.map((alert) => (
                    <AlertRow key={alert.name} alert={alert} at={times.ago} onChange={alerts.reload} />
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

interface RowProps {
  readonly alert: AlertInfo
  readonly at: (time: string) => string
  readonly onChange: () => Promise<void>
}

function AlertRow({ alert, at, onChange }: RowProps) {
  const { override } = alert
  return (
    <li className="rows-item rows-item-top">
      <div>
        <p className="rows-title">
          {alert.title} <span className="tag">{alert.severity}</span>{' '}
          {override !== null && <span className="tag tag-accent">Overridden</span>}
        </p>
        <p className="rows-text">{alert.condition}</p>
        {override !== null && (
          <p className="rows-text">
            By {override.by}, {at(override.at)}
            {override.reason !== '' && `: ${override.reason}`}
          </p>
        )}
        <StatusMark
          status={alert.enabled ? (MARKS[alert.state] ?? 'none') : 'none'}
          label={alert.enabled ? alert.state.replaceAll('_', ' ') : 'switched off'}
        />
      </div>
      <AlertLimits alert={alert} onChange={onChange} />
    </li>
  )
}
