import { useState } from 'react'
import { StatusMark } from '../../components/status-mark.tsx'
import { sayFailure } from '../../frame/toasts.tsx'
import { getJson } from '../../queries/request.ts'
import { TextField } from '../parts/field.tsx'
import { Loaded, Nothing, Section } from '../parts/section.tsx'
import { useTimes } from '../parts/times.ts'
import { useResource } from '../parts/use-resource.ts'
import type { SectionProps } from '../sections.ts'

interface Entry {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string | null
  readonly detail: Readonly<Record<string, unknown>> | null
}

interface Page {
  readonly entries: readonly Entry[]
  readonly next: string | null
}

const EMPTY = { actor: '', action: '', from: '', to: '' }

export function AuditPage({ project }: SectionProps) {
  const [filter, setFilter] = useState(EMPTY)
  const [more, setMore] = useState<{ readonly of: string; readonly pages: readonly Page[] }>({ of: '', pages: [] })
  const search = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString()
  const first = useResource<Page>(`/api/v1/audit?${search}`)
  const times = useTimes(project)
  const pages = [...(first.data === null ? [] : [first.data]), ...(more.of === search ? more.pages : [])]
  const next = pages.at(-1)?.next ?? null
  const loadMore = () =>
    getJson<Page>(`/api/v1/audit?${search}&before=${next}`).then(
      (page) => setMore({ of: search, pages: [...(more.of === search ? more.pages : []), page] }),
      sayFailure,
    )
  const set = (name: keyof typeof EMPTY) => (value: string) => setFilter({ ...filter, [name]: value })
  return (
    <>
      <Proof />
      <Section
        title="Entries"
        text={`Times in ${times.zone}.`}
        actions={
          <>
            <a className="button" href={`/api/v1/audit?${search}&format=csv`} download>
              CSV
            </a>
            <a className="button" href={`/api/v1/audit?${search}&format=ndjson`} download>
              NDJSON
            </a>
          </>
        }
      >
        <search className="form form-grid audit-filter">
          <TextField label="Who" type="search" placeholder="mia@" value={filter.actor} onChange={set('actor')} />
          <TextField label="What" type="search" placeholder="key." value={filter.action} onChange={set('action')} />
          <TextField label="From" type="date" value={filter.from} onChange={set('from')} />
          <TextField label="To" type="date" value={filter.to} onChange={set('to')} />
        </search>
        <Loaded resource={first}>
          {() => (
            <>
              <Entries entries={pages.flatMap(({ entries }) => entries)} at={times.at} />
              {next !== null && (
                <div className="form-buttons">
                  <button type="button" className="button" onClick={() => void loadMore()}>
                    Show older entries
                  </button>
                </div>
              )}
            </>
          )}
        </Loaded>
      </Section>
    </>
  )
}

function Entries({ entries, at }: { readonly entries: readonly Entry[]; readonly at: (time: string) => string }) {
  if (entries.length === 0) return <Nothing text="Nothing fits. Widen the filter." />
  return (
    <div className="table-scroll">
      <table className="setting-table">
        <thead>
          <tr>
            {['When', 'Who', 'What', 'To what'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td className="cell-time">{at(entry.at)}</td>
              <td>{entry.actor}</td>
              <td>
                <code>{entry.action}</code>
              </td>
              <td>
                <Detail entry={entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Detail({ entry: { subject, detail } }: { readonly entry: Entry }) {
  const facts = Object.entries(detail ?? {}).filter(([, value]) => value !== null)
  return (
    <>
      {subject !== null && <code className="audit-subject">{subject}</code>}
      {facts.length > 0 && (
        <p className="rows-text">
          {facts
            .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
            .join(' · ')}
        </p>
      )}
    </>
  )
}

interface Verified {
  readonly ok: boolean
  readonly entries: number
  readonly broken_at: string | null
}

/** Every entry carries a hash over the one before it. */
function Proof() {
  const proof = useResource<Verified>('/api/v1/audit/verify')
  return (
    <Section title="Integrity" text="Each entry is sealed with a hash over itself and the one before.">
      <Loaded resource={proof}>
        {({ ok, entries, broken_at }) =>
          ok ? (
            <StatusMark
              status="good"
              label={`All ${entries.toLocaleString('en-US')} entries are as they were written.`}
            />
          ) : (
            <StatusMark
              status="bad"
              label={`The log was changed from outside: from ${broken_at} on it does not fit.`}
            />
          )
        }
      </Loaded>
    </Section>
  )
}
