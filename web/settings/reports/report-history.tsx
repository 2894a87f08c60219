import { useState } from 'react'
import { StatusMark } from '../../components/status-mark.tsx'
import { sayFailure } from '../../frame/toasts.tsx'
import { getJson } from '../../queries/request.ts'
import { Loaded, Nothing, Section } from '../parts/section.tsx'
import type { Times } from '../parts/times.ts'
import { useAction } from '../parts/use-action.ts'
import type { Resource } from '../parts/use-resource.ts'
import { Resend } from './resend.tsx'

/** One report that was sent, or was to be. */
export interface Run {
  readonly id: string
  readonly report: string
  readonly at: string
  readonly by: string | null
  readonly state: 'pending' | 'done' | 'failed'
  readonly created_at: string
  readonly messages: number | null
  readonly deliveries: { readonly delivered: number; readonly waiting: number; readonly dead: number }
  readonly error: string | null
  readonly again_of: string | null
  readonly sent_to: readonly string[] | null
}

export interface RunPage {
  readonly runs: readonly Run[]
  /** Null where there are no older ones. */
  readonly next: string | null
}

interface Props {
  readonly history: Resource<RunPage>
  readonly times: Times
  readonly isAdmin: boolean
  readonly titleOf: (name: string) => string
  readonly onSent: () => Promise<void>
}

export function ReportHistory({ history, ...rest }: Props) {
  const [chosen, setChosen] = useState<Run | null>(null)
  return (
    <Section title="History" text={`What was sent, the newest first. Times in ${rest.times.zone}.`}>
      <Loaded resource={history}>
        {(newest) =>
          newest.runs.length === 0 ? (
            <Nothing text="Nothing was sent yet." />
          ) : (
            <Pages key={newest.runs[0]?.id} newest={newest} {...rest} onResend={setChosen} />
          )
        }
      </Loaded>
      {chosen !== null && (
        <Resend
          run={chosen}
          title={rest.titleOf(chosen.report)}
          period={rest.times.at(chosen.at)}
          onSent={rest.onSent}
          onClose={() => setChosen(null)}
        />
      )}
    </Section>
  )
}

interface RunsProps extends Omit<Props, 'history' | 'onSent'> {
  readonly runs: readonly Run[]
  readonly onResend: (run: Run) => void
}

interface PagesProps extends Omit<RunsProps, 'runs'> {
  readonly newest: RunPage
}

/** What is older is fetched as it is asked for. */
function Pages({ newest, ...rest }: PagesProps) {
  const [older, setOlder] = useState<readonly RunPage[]>([])
  const { busy, run } = useAction()
  const { next } = older.at(-1) ?? newest
  const showOlder = () =>
    run(() =>
      getJson<RunPage>(`/api/v1/report-runs?before=${next}`).then((page) => setOlder([...older, page]), sayFailure),
    )
  return (
    <>
      <Runs runs={[newest, ...older].flatMap(({ runs }) => runs)} {...rest} />
      {next !== null && (
        <button type="button" className="button" disabled={busy} onClick={() => void showOlder()}>
          Show older
        </button>
      )}
    </>
  )
}

const TITLES = ['Report', 'Sent', 'As of', 'To', 'State'] as const

function Runs({ runs, times, isAdmin, titleOf, onResend }: RunsProps) {
  return (
    <div className="table-scroll">
      <table className="setting-table">
        <thead>
          <tr>
            {TITLES.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
            {isAdmin && (
              <th scope="col">
                <span className="sr-only">What can be done</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <td>
                {titleOf(run.report)}
                <p className="rows-text">{askedBy(run)}</p>
              </td>
              <td className="cell-time">{times.at(run.created_at)}</td>
              <td className="cell-time">{times.at(run.at)}</td>
              <td>{run.sent_to?.join(', ') || '—'}</td>
              <td>
                <State run={run} />
              </td>
              {isAdmin && (
                <td className="cell-actions">
                  {run.state !== 'pending' && (
                    <button
                      type="button"
                      className="button"
                      aria-label={`Re-send ${titleOf(run.report)} as of ${times.at(run.at)}`}
                      onClick={() => onResend(run)}
                    >
                      Re-send
                    </button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function askedBy({ again_of, by }: Run): string {
  if (by === null) return 'By schedule'
  return again_of === null ? `Asked for by ${by}` : `Re-sent by ${by}`
}

function State({ run: { deliveries, error, messages, state } }: { readonly run: Run }) {
  if (state === 'failed') return <StatusMark status="bad" label={error ?? 'Failed'} />
  if (state === 'pending') return <StatusMark status="none" label={error ?? 'Being made'} />
  if (messages === 0) return <StatusMark status="none" label="Nothing to send" />
  if (deliveries.dead > 0) return <StatusMark status="bad" label={`${deliveries.dead} not delivered`} />
  if (deliveries.waiting > 0) return <StatusMark status="none" label="On its way" />
  return <StatusMark status="good" label="Delivered" />
}
