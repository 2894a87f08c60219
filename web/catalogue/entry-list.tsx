import { Link } from '../components/link.tsx'
import { Skeleton } from '../components/states.tsx'
import { navigate } from '../queries/page-state.ts'
import { type Entry, type EntryKind, hrefOf, useFetched } from './catalogue-queries.ts'
import { findEntries } from './find-entries.ts'

export const KIND_NAMES: Readonly<Record<EntryKind, { readonly one: string; readonly many: string }>> = {
  metric: { one: 'Metric', many: 'Metrics' },
  dimension: { one: 'Dimension', many: 'Dimensions' },
  model: { one: 'Semantic model', many: 'Semantic models' },
  relation: { one: 'SQL model', many: 'SQL models' },
}
const KINDS = Object.keys(KIND_NAMES) as readonly EntryKind[]

/** Everything that is defined, found by words; the address keeps what was searched. */
export function EntryList({ search }: { readonly search: string }) {
  const params = new URLSearchParams(search)
  const text = params.get('q') ?? ''
  const kind = KINDS.find((one) => one === params.get('kind')) ?? 'metric'
  const { body, error } = useFetched<{ readonly entries: readonly Entry[] }>('/api/v1/catalogue')
  const found = findEntries(body?.entries ?? [], text)
  const shown = found.filter((entry) => entry.kind === kind)
  const go = (next: { readonly q?: string; readonly kind?: EntryKind }) => {
    const [q, wanted] = [next.q ?? text, next.kind ?? kind]
    const query = new URLSearchParams({ ...(q !== '' && { q }), ...(wanted !== 'metric' && { kind: wanted }) })
    navigate(`/catalogue${query.size > 0 ? `?${query}` : ''}`, { replace: true })
  }
  return (
    <>
      <header className="page-header">
        <div>
          <h1>Catalogue</h1>
          <p className="page-description">What is measured here, how it is calculated, and where it is used.</p>
        </div>
      </header>
      <input
        type="search"
        className="catalogue-search"
        aria-label="Search the catalogue"
        placeholder="Search by name, description, owner or synonym"
        value={text}
        onChange={(event) => go({ q: event.target.value })}
      />
      <fieldset className="catalogue-kinds" aria-label="Kinds">
        {KINDS.map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-pressed={one === kind}
            onClick={() => go({ kind: one })}
          >
            {KIND_NAMES[one].many}{' '}
            <span className="catalogue-count">{found.filter((entry) => entry.kind === one).length}</span>
          </button>
        ))}
      </fieldset>
      {error !== null && <p className="state-text">{error.message}</p>}
      {body === null && error === null && <Skeleton height={320} />}
      {body !== null && shown.length === 0 && (
        <p className="state-text">
          No {KIND_NAMES[kind].many.toLowerCase()} match “{text}”.
        </p>
      )}
      {groupsOf(shown).map(([category, entries]) => (
        <section key={category} className="row" aria-label={category}>
          {category !== '' && <h2 className="row-title">{category}</h2>}
          <ul className="catalogue-list">
            {entries.map((entry) => (
              <Row key={`${entry.kind} ${entry.name}`} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Row({ entry }: { readonly entry: Entry }) {
  const { label, name, description, tier, owner, deprecated, uses } = entry
  return (
    <li className="catalogue-row">
      <div className="catalogue-row-name">
        <Link href={hrefOf(entry)} className="catalogue-link">
          {label}
        </Link>{' '}
        {label !== name && <code>{name}</code>}
        {tier !== null && <span className="mark">{tier}</span>}
        {deprecated !== null && <span className="mark mark-warn">Deprecated</span>}
      </div>
      <div className="catalogue-row-text">{description}</div>
      <div className="catalogue-row-note">
        {[owner, uses === null ? null : uses === 0 ? 'not used' : `${uses} ${uses === 1 ? 'use' : 'uses'}`]
          .filter((part) => part !== null)
          .join(' · ')}
      </div>
    </li>
  )
}

/** By category, those without one at the end. */
function groupsOf(entries: readonly Entry[]): readonly (readonly [string, readonly Entry[]])[] {
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    const category = entry.category ?? ''
    groups.set(category, [...(groups.get(category) ?? []), entry])
  }
  return [...groups].sort(([a], [b]) => Number(a === '') - Number(b === '') || a.localeCompare(b))
}
