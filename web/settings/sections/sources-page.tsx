import { StatusMark } from '../../components/status-mark.tsx'
import { Loaded, Nothing, Section } from '../parts/section.tsx'
import { useTimes } from '../parts/times.ts'
import { useResource } from '../parts/use-resource.ts'
import type { SectionProps } from '../sections.ts'
import { ModelFreshness } from './model-freshness.tsx'

interface Source {
  readonly source: string
  readonly kind: string | null
  readonly events: number
  readonly lastEventAt: string | null
  readonly lastReceivedAt: string | null
  readonly expectedEvery: string | number | null
  readonly status: string
  readonly rejected: number
}

const HOW_TO = 'Send events to /v1/events, or telemetry of agents to /v1/metrics, /v1/logs and /v1/traces.'
const count = new Intl.NumberFormat('en-US')

export function SourcesPage({ project }: SectionProps) {
  const sources = useResource<{ sources: readonly Source[] }>('/api/v1/sources')
  const times = useTimes(project)
  return (
    <>
      <Section title="Sources" text="Who sends events, how many came, and when the last one did.">
        <Loaded resource={sources} absent="This server does not count its sources.">
          {(data) =>
            data.sources.length === 0 ? (
              <Nothing text={`No events came yet. ${HOW_TO}`} />
            ) : (
              <div className="table-scroll">
                <table className="setting-table">
                  <thead>
                    <tr>
                      <th scope="col">Source</th>
                      <th scope="col">State</th>
                      <th scope="col">Last event</th>
                      <th scope="col">Received</th>
                      <th scope="col" data-number="true">
                        Events
                      </th>
                      <th scope="col" data-number="true">
                        Rejected
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.sources.map((source) => (
                      <tr key={`${source.kind} ${source.source}`}>
                        <td>
                          <p className="rows-title">{source.source}</p>
                          <p className="rows-text">{source.kind}</p>
                        </td>
                        <td>
                          <StatusMark status={markOf(source.status)} label={source.status.replaceAll('_', ' ')} />
                        </td>
                        <td title={times.at(source.lastEventAt)}>{times.ago(source.lastEventAt)}</td>
                        <td title={times.at(source.lastReceivedAt)}>{times.ago(source.lastReceivedAt)}</td>
                        <td data-number="true">{count.format(source.events)}</td>
                        <td data-number="true">{count.format(source.rejected)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Loaded>
      </Section>
      <ModelFreshness times={times} />
    </>
  )
}

/** Whatever words the server has for it: fine, late or broken. */
function markOf(status: string): 'good' | 'warn' | 'bad' | 'none' {
  if (/^(ok|fresh|active|live|healthy|on_time)$/.test(status)) return 'good'
  if (/late|stale|quiet|delayed|behind/.test(status)) return 'warn'
  return /silent|missing|error|broken|dead|stopped|lost/.test(status) ? 'bad' : 'none'
}
