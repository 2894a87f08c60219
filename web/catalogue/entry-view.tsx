import type { ReactNode } from 'react'
import { CopyButton } from '../components/copy-button.tsx'
import { Link } from '../components/link.tsx'
import { Skeleton } from '../components/states.tsx'
import { toYaml } from '../components/to-yaml.ts'
import type { Project } from '../queries/project.ts'
import { type EntryDetails, type EntryKind, endpointOf, hrefOf, useFetched } from './catalogue-queries.ts'
import { KIND_NAMES } from './entry-list.tsx'
import { Facts } from './facts.tsx'
import { LineagePicture } from './lineage-picture.tsx'
import { LiveChart } from './live-chart.tsx'
import { Columns, Names, Uses } from './parts.tsx'
import { Tests } from './tests.tsx'

interface Props {
  readonly kind: EntryKind
  readonly name: string
  readonly project: Project
  readonly search: string
}

/** Everything about one metric, dimension or model. */
export function EntryView({ kind, name, project, search }: Props) {
  const { body: entry, error } = useFetched<EntryDetails>(endpointOf({ kind, name }))
  return (
    <>
      <nav className="breadcrumbs" aria-label="Breadcrumbs">
        <Link href="/catalogue">Catalogue</Link>
        <Link href={kind === 'metric' ? '/catalogue' : `/catalogue?kind=${kind}`}>{KIND_NAMES[kind].many}</Link>
        <span>{entry?.label ?? name}</span>
      </nav>
      {error !== null && (
        <div className="message">
          <h1>This is not in the catalogue</h1>
          <p className="state-text">{error.message}</p>
        </div>
      )}
      {entry === null && error === null && <Skeleton height={480} />}
      {entry !== null && <Body entry={entry} project={project} search={search} />}
    </>
  )
}

interface BodyProps {
  readonly entry: EntryDetails
  readonly project: Project
  readonly search: string
}

function Body({ entry, project, search }: BodyProps) {
  const { kind, label, name, description, deprecated, tier } = entry
  const labelOf = (dimension: string) => project.dimensions.find((item) => item.name === dimension)?.label ?? dimension
  const metricLabel = (metric: string) => project.metrics.find((item) => item.name === metric)?.label ?? metric
  return (
    <>
      <header className="page-header">
        <div>
          <h1>
            {label} {tier !== null && <span className="mark">{tier}</span>}
          </h1>
          <p className="page-description">
            {label !== name && <code>{name}</code>} {description}
          </p>
        </div>
        <CopyButton label="Copy link" text={() => location.origin + hrefOf(entry)} />
      </header>
      {deprecated !== null && <Deprecated deprecated={deprecated} labelOf={metricLabel} />}
      <div className="catalogue-parts">
        {kind === 'metric' && <LiveChart entry={entry} project={project} search={search} />}
        <Part title="Definition" wide={kind !== 'metric'}>
          {typeof entry.words === 'string' && <p className="catalogue-words">{entry.words}</p>}
          {entry.declared === null && <p className="state-text">Your role may not see how this is calculated.</p>}
          {entry.declared != null && <pre className="code">{toYaml(entry.declared)}</pre>}
          <Facts entry={entry} />
        </Part>
        <Part title="Lineage" wide>
          <LineagePicture lineage={entry.lineage} current={`${kind}:${name}`} />
        </Part>
        {entry.sql != null && (
          <Part title="SQL" wide tools={<CopyButton label="Copy" text={() => entry.sql ?? ''} />}>
            <pre className="code catalogue-sql">{entry.sql}</pre>
          </Part>
        )}
        {entry.columns != null && (
          <Part title="Columns" wide>
            <Columns columns={entry.columns} />
          </Part>
        )}
        {entry.tests !== undefined && (
          <Part title="Unit tests">
            <Tests entry={entry} />
          </Part>
        )}
        {entry.usedBy !== undefined && (
          <Part title="Used in">
            <Uses uses={entry.usedBy} project={project} />
          </Part>
        )}
        {entry.dimensions !== undefined && (
          <Part title={kind === 'metric' ? 'Can be grouped by' : 'Dimensions'}>
            <Names kind="dimension" names={entry.dimensions} labelOf={labelOf} />
          </Part>
        )}
        {entry.metrics !== undefined && (
          <Part title="Metrics">
            <Names kind="metric" names={entry.metrics} labelOf={metricLabel} />
          </Part>
        )}
      </div>
    </>
  )
}

function Deprecated({
  deprecated: { since, until, use },
  labelOf,
}: {
  readonly deprecated: NonNullable<EntryDetails['deprecated']>
  readonly labelOf: (metric: string) => string
}) {
  return (
    <p className="banner" data-mood="warn">
      <strong>Deprecated since {since}.</strong>{' '}
      {until !== undefined && `It can be used until ${until}; after that the project no longer compiles with it. `}
      {use === undefined ? (
        'Nothing takes its place.'
      ) : (
        <>
          Use <Link href={`/catalogue/metric/${use}`}>{labelOf(use)}</Link>.
        </>
      )}
    </p>
  )
}

interface PartProps {
  readonly title: string
  readonly wide?: boolean
  readonly tools?: ReactNode
  readonly children: ReactNode
}

function Part({ title, wide = false, tools, children }: PartProps) {
  return (
    <section className="catalogue-part" data-wide={wide} aria-label={title}>
      <header className="catalogue-part-header">
        <h2>{title}</h2>
        {tools}
      </header>
      {children}
    </section>
  )
}
