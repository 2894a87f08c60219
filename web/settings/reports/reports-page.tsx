import { useState } from 'react'
import { say, sayFailure } from '../../frame/toasts.tsx'
import { Loaded, Nothing, Section } from '../parts/section.tsx'
import { send } from '../parts/send.ts'
import { type Times, useTimes } from '../parts/times.ts'
import { useAction } from '../parts/use-action.ts'
import { useResource } from '../parts/use-resource.ts'
import type { SectionProps } from '../sections.ts'
import { Recipients } from './recipients.tsx'
import { ReportHistory, type Run, type RunPage } from './report-history.tsx'

interface Report {
  readonly name: string
  readonly title?: string | null
  readonly dashboard: string
  readonly schedule: string | null
  readonly timezone: string
  readonly format?: readonly string[]
  readonly enabled?: boolean
  readonly recipients?: readonly string[] | null
  readonly notify?: readonly string[]
  readonly next?: string | null
}

export function ReportsPage({ project }: SectionProps) {
  const reports = useResource<unknown>('/api/v1/reports')
  const times = useTimes(project)
  const history = useResource<RunPage>('/api/v1/report-runs')
  const isAdmin = project.caller.role === 'admin'
  const reload = async () => {
    await Promise.all([reports.reload(), history.reload()])
  }
  return (
    <>
      <Section title="Schedules" text="Declared in alerts/. What you set here holds for your organisation.">
        <Loaded resource={reports} absent="The project declares no reports.">
          {(data) => {
            const all = listOf(data)
            if (all.length === 0) return <Nothing text="The project declares no reports." />
            return (
              <ul className="rows">
                {all.map((report) => (
                  <ReportRow key={report.name} {...{ report, times, isAdmin }} onChange={reload} />
                ))}
              </ul>
            )
          }}
        </Loaded>
      </Section>
      <ReportHistory {...{ history, times, isAdmin }} onSent={reload} titleOf={(name) => titleIn(reports.data, name)} />
    </>
  )
}

const titleIn = (data: unknown, name: string) =>
  (data === null ? [] : listOf(data)).find((report) => report.name === name)?.title ?? name

/** The answer is a list, or has one. */
function listOf(answer: unknown): readonly Report[] {
  if (Array.isArray(answer)) return answer
  return (answer as { readonly reports?: readonly Report[] }).reports ?? []
}

interface RowProps {
  readonly report: Report
  readonly times: Times
  readonly isAdmin: boolean
  readonly onChange: () => Promise<void>
}

function ReportRow({ report, times, isAdmin, onChange }: RowProps) {
  const [editing, setEditing] = useState(false)
  const title = report.title ?? report.name
  const path = `/api/v1/reports/${encodeURIComponent(report.name)}`
  const { busy, run } = useAction()
  const sendNow = async () => {
    const sent = async () => {
      const { error } = await send<Run>('POST', `${path}/send`)
      if (error !== null) throw new Error(error)
      say(`${title} is on its way.`)
    }
    await run(() => sent().catch(sayFailure))
    await onChange()
  }
  const put = (body: object, done: string) =>
    send('PUT', path, body).then(() => {
      say(done)
      return onChange()
    }, sayFailure)
  const enabled = report.enabled !== false
  return (
    <li className="rows-item rows-item-top">
      <div className="rows-grow">
        <p className="rows-title">
          {title} {!enabled && <span className="tag">Switched off</span>}
        </p>
        <p className="rows-text">
          {report.schedule === null ? (
            'Sent when asked for'
          ) : (
            <>
              <code>{report.schedule}</code> in {report.timezone}
            </>
          )}
          {report.next != null && enabled && ` · next ${times.ago(report.next)}`}
          {report.format !== undefined && ` · ${report.format.join(', ')}`}
        </p>
        <p className="rows-text">
          To {report.notify?.join(', ') || 'nobody yet'}
          {report.recipients != null && ` · mails to ${report.recipients.join(', ') || 'nobody'}`}
        </p>
        {editing && (
          <Recipients
            given={report.recipients ?? []}
            onSave={(recipients) =>
              put({ recipients: recipients.length === 0 ? null : recipients }, 'The recipients are saved.').then(() =>
                setEditing(false),
              )
            }
          />
        )}
      </div>
      {isAdmin && (
        <div className="rows-actions">
          <label className="switch">
            <input
              type="checkbox"
              checked={enabled}
              onChange={(event) =>
                void put(
                  { enabled: event.target.checked },
                  event.target.checked ? `${title} is on.` : `${title} is off.`,
                )
              }
            />
            <span>
              On<span className="sr-only">: {title}</span>
            </span>
          </label>
          <button
            type="button"
            className="button"
            aria-expanded={editing}
            aria-label={`Recipients of ${title}`}
            onClick={() => setEditing(!editing)}
          >
            Recipients
          </button>
          <button
            type="button"
            className="button"
            disabled={busy}
            aria-label={`Send ${title} now`}
            onClick={() => void sendNow()}
          >
            Send now
          </button>
        </div>
      )}
    </li>
  )
}
