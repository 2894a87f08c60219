import type { ReactNode } from 'react'
import { Link } from '../components/link.tsx'
import { formatSince } from '../format/since.ts'
import { formatValue } from '../format/value.ts'
import type { EntryDetails } from './catalogue-queries.ts'

/** What is declared about an entry beside how it is calculated. */
export function Facts({ entry }: { readonly entry: EntryDetails }) {
  return (
    <dl className="facts">
      {factsOf(entry).map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const DIRECTIONS = { up: 'Higher is better', down: 'Lower is better', neutral: 'Neither is better' } as const

function factsOf(entry: EntryDetails): readonly (readonly [string, ReactNode])[] {
  const { format, thresholds, direction, freshness = [], source, values, joins = [] } = entry
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Owner', entry.owner],
    ['Category', entry.category],
    ['Type', entry.type],
    ['Format', format === undefined ? null : [format.type, format.currency, format.unit].filter(Boolean).join(', ')],
    ['Direction', direction === undefined ? null : DIRECTIONS[direction]],
    [
      'Thresholds',
      thresholds &&
        format &&
        `good at ${formatValue(thresholds.good, format)}, warning at ${formatValue(thresholds.warn, format)}`,
    ],
    ['Expected to be new', entry.refresh?.replaceAll('_', ' ')],
    ['Data built', freshness.length === 0 ? null : freshness.map((one) => <Built key={one.relation} {...one} />)],
    ['Also called', entry.synonyms.join(', ')],
    ['Tags', entry.tags?.join(', ')],
    ['Values', values?.join(', ')],
    ['Semantic model', entry.model && <Link href={`/catalogue/model/${entry.model}`}>{entry.model}</Link>],
    ['SQL model', entry.relation && <Link href={`/catalogue/relation/${entry.relation}`}>{entry.relation}</Link>],
    ['Primary key', entry.primaryKey],
    ['Time', entry.timeDimension],
    ['Joins', joins.map(({ to, relationship }) => `${to} (${relationship.replaceAll('_', ' ')})`).join(', ')],
    ['Materialized', entry.materialized],
    ['Unique key', entry.uniqueKey?.join(', ')],
    ['Declared in', source && <code>{`${source.file}:${source.line}`}</code>],
  ]
  return facts.filter(([, value]) => value !== null && value !== undefined && value !== '')
}

function Built({ relation, builtAt }: { readonly relation: string; readonly builtAt: string | null }) {
  return (
    <span className="catalogue-built">
      <Link href={`/catalogue/relation/${relation}`}>{relation}</Link>{' '}
      {builtAt === null ? 'not built here' : <time dateTime={builtAt}>{formatSince(utc(builtAt))} ago</time>}
    </span>
  )
}

/** Times of the warehouse are in UTC, whether they say so or not. */
const utc = (time: string) => (/(Z|[+-]\d\d(:?\d\d)?)$/.test(time) ? time : `${time.replace(' ', 'T')}Z`)
