import { Link } from '../components/link.tsx'
import type { Project } from '../queries/project.ts'
import type { ColumnInfo, EntryKind, Use } from './catalogue-queries.ts'

/** Entries by name, each a link. */
export function Names({
  kind,
  names,
  labelOf,
}: {
  readonly kind: EntryKind
  readonly names: readonly string[]
  readonly labelOf: (name: string) => string
}) {
  if (names.length === 0) return <p className="state-text">None.</p>
  return (
    <ul className="catalogue-names">
      {names.map((name) => (
        <li key={name}>
          <Link href={`/catalogue/${kind}/${name}`} className="catalogue-chip" title={name}>
            {labelOf(name)}
          </Link>
        </li>
      ))}
    </ul>
  )
}

const KINDS = { dashboard: 'Dashboard', alert: 'Alert', report: 'Report', metric: 'Metric' } as const

export function Uses({ uses, project }: { readonly uses: readonly Use[]; readonly project: Project }) {
  if (uses.length === 0) return <p className="state-text">Nothing uses it.</p>
  return (
    <ul className="catalogue-uses">
      {uses.map((use) => (
        <li key={`${use.kind} ${use.name}`}>
          <span className="catalogue-use-kind">{KINDS[use.kind]}</span> <UseLink use={use} project={project} />
          {use.widgets.length > 0 && (
            <span className="catalogue-use-widgets"> {use.widgets.map(({ title }) => title).join(', ')}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

function UseLink({ use: { kind, name, label, widgets }, project }: { readonly use: Use; readonly project: Project }) {
  if (kind === 'metric') return <Link href={`/catalogue/metric/${name}`}>{label}</Link>
  if (kind !== 'dashboard') return <Link href={`/settings/${kind}s`}>{label}</Link>
  const page = project.dashboards.find((item) => item.name === name)
  const [first] = widgets
  return page === undefined ? (
    label
  ) : (
    <Link href={`${page.path}${first === undefined ? '' : `#${encodeURIComponent(first.id)}`}`}>{label}</Link>
  )
}

export function Columns({ columns }: { readonly columns: readonly ColumnInfo[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys.
    <section className="catalogue-scroll" aria-label="List of columns" tabIndex={0}>
      <table className="catalogue-table">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Type</th>
            <th scope="col">Tests</th>
            <th scope="col">Description</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name, type, tests, description }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{type}</td>
              <td>{tests.join('; ')}</td>
              <td>{description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
