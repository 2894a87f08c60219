import { useEffect } from 'react'
import { Link } from '../components/link.tsx'
import { Failure, Skeleton } from '../components/states.tsx'
import { FilterBar } from '../filters/filter-bar.tsx'
import { formatValue } from '../format/value.ts'
import { looksOf } from '../format/value-looks.ts'
import { MessagePage } from '../pages/message-page.tsx'
import type { PageProps } from '../pages/page-table.ts'
import type { Row } from '../queries/answers.ts'
import { applyFilters, dimensionFilter, shortName, valueText } from '../queries/filters.ts'
import { navigate, type PageState, readState, searchOf, withFilter } from '../queries/page-state.ts'
import type { HierarchyInfo, MetricInfo, Project } from '../queries/project.ts'
import { useAnswers } from '../queries/use-answers.ts'
import { BREAKDOWN_PAGE } from './drill.ts'
import { RecordDialog } from './record-dialog.tsx'

/** `/breakdown/<model>/<hierarchy>?metrics=…`: figures level by level, from the whole down to single rows. */
export function BreakdownPage({ project, path, search }: PageProps) {
  const [, , modelName, hierarchyName] = path.split('/')
  const model = project.models.find(({ name }) => name === modelName)
  const hierarchy = model?.hierarchies.find(({ name }) => name === hierarchyName)
  const asked = new URLSearchParams(search).get('metrics')?.split(',') ?? []
  const metrics = asked.flatMap((name) => project.metrics.find((metric) => metric.name === name) ?? [])
  useEffect(() => {
    if (hierarchy !== undefined) document.title = `${hierarchy.label} · ${project.name}`
  }, [hierarchy, project])
  if (hierarchy === undefined || metrics.length === 0) {
    const text = 'The hierarchy or its metrics are not in the project any more, or not shown to your role.'
    return <MessagePage title="There is nothing to break down" text={text} />
  }
  return <Levels project={project} hierarchy={hierarchy} metrics={metrics} search={search} />
}

interface LevelsProps {
  readonly project: Project
  readonly hierarchy: HierarchyInfo
  readonly metrics: readonly MetricInfo[]
  readonly search: string
}

function Levels({ project, hierarchy, metrics, search }: LevelsProps) {
  const state = readState(search, BREAKDOWN_PAGE, project)
  const params = new URLSearchParams(search)
  const { level, trail } = placeIn(hierarchy, state)
  const usable = metrics.filter(({ dimensions }) => level === undefined || dimensions.includes(level))
  const [first] = usable
  const extra = { metrics: metrics.map(({ name }) => name).join(',') }
  const hrefOf = (next: PageState, more: Readonly<Record<string, string | undefined>> = {}) =>
    `${location.pathname}${searchOf(next, BREAKDOWN_PAGE, { ...extra, ...more })}`
  const plain = {
    metrics: usable.map(({ name }) => name),
    by: level === undefined ? [] : [level],
    ...(usable.some(({ timed }) => timed) ? state.range : {}),
    ...(first === undefined ? {} : { order: [`-${first.name}`] }),
    limit: 500,
  }
  const { textOf } = looksOf(level ?? '', project)
  const { query } = applyFilters(plain, state.filters, project)
  const { by: _by, order: _order, ...whole } = query
  const asked = useAnswers(first === undefined || level === undefined ? [] : [query, whole])
  const rows = rowsOf(asked.answers?.[0]?.rows, level)
  const total = asked.answers?.[1]?.rows[0]
  const label = project.dimensions.find(({ name }) => name === level)?.label ?? shortName(level ?? '')
  const record = project.models.find(({ detail }) => detail !== null && detail.key === level)
  const open = params.get('open')
  return (
    <main className="page" id="content">
      <Trail project={project} state={state} trail={trail} hierarchy={hierarchy} hrefOf={hrefOf} />
      <header className="page-header">
        <div>
          <h1>
            {usable.map((metric) => metric.label).join(', ')} by {label.toLowerCase()}
          </h1>
          <p className="page-description">{hierarchy.levels.map((name) => labelOf(name, project)).join(' → ')}</p>
        </div>
      </header>
      <FilterBar
        page={BREAKDOWN_PAGE}
        state={state}
        project={project}
        metrics={usable.map(({ name }) => name)}
        timed={usable.some(({ timed }) => timed)}
        compared={false}
        extra={extra}
      />
      <section className="card record-card" aria-busy={asked.loading} aria-label={`By ${label}`}>
        {asked.loading && rows !== null && <div className="progress" aria-hidden="true" />}
        {asked.error !== null && <Failure error={asked.error} retry={asked.retry} height={200} />}
        {asked.error === null && rows === null && <Skeleton height={320} />}
        {rows !== null && rows.length === 0 && (
          <div className="state">
            <p className="state-title">Nothing in this range</p>
            <p className="state-text">Take a longer range, or go up a level.</p>
          </div>
        )}
        {rows !== null && rows.length > 0 && level !== undefined && (
          <div className="table-frame">
            <table>
              <thead>
                <tr>
                  <th>{label}</th>
                  {usable.map((metric) => (
                    <th key={metric.name} data-number="true" title={metric.description}>
                      {metric.label}
                    </th>
                  ))}
                  {first?.additive && <th data-number="true">Share</th>}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => {
                  const value = row[level] === null || row[level] === undefined ? '' : String(row[level])
                  const next = withFilter(state, filterOf(level, project), [value])
                  const href = record === undefined ? hrefOf(next) : hrefOf(state, { open: value })
                  const share = shareOf(row[first?.name ?? ''], total?.[first?.name ?? ''])
                  return (
                    <tr key={value}>
                      <td>
                        {record !== undefined && value === '' ? '(none)' : <Link href={href}>{textOf(value)}</Link>}
                      </td>
                      {usable.map(({ name, format }) => (
                        <td key={name} data-number="true">
                          {formatValue(row[name], format, 'exact')}
                        </td>
                      ))}
                      {first?.additive && (
                        <td data-number="true" className="share">
                          <span className="share-bar" style={{ width: `${Math.min(100, (share ?? 0) * 100)}%` }} />
                          <span className="cell-text">{formatValue(share, { type: 'percent' })}</span>
                        </td>
                      )}
                    </tr>
                  )
                })}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">Total</th>
                  {usable.map(({ name, format }) => (
                    <td key={name} data-number="true">
                      {formatValue(total?.[name], format, 'exact')}
                    </td>
                  ))}
                  {first?.additive && <td />}
                </tr>
              </tfoot>
            </table>
          </div>
        )}
      </section>
      {open !== null && record?.detail && (
        <RecordDialog
          model={record}
          detail={record.detail}
          project={project}
          recordKey={open}
          onClose={() => navigate(hrefOf(state))}
        />
      )}
    </main>
  )
}

interface TrailProps {
  readonly project: Project
  readonly state: PageState
  readonly trail: PageState['filters']
  readonly hierarchy: HierarchyInfo
  readonly hrefOf: (state: PageState) => string
}

/** The way down, each step of it leading back. */
function Trail({ project, state, trail, hierarchy, hrefOf }: TrailProps) {
  const upTo = (count: number) => {
    const gone = new Set(trail.slice(count).map(({ filter }) => filter.name))
    return hrefOf({ ...state, filters: state.filters.filter(({ filter }) => !gone.has(filter.name)) })
  }
  return (
    <nav className="breadcrumbs" aria-label="Breadcrumbs">
      {trail.length === 0 ? (
        <span aria-current="page">{hierarchy.label}</span>
      ) : (
        <Link href={upTo(0)}>{hierarchy.label}</Link>
      )}
      {trail.map((item, index) =>
        index === trail.length - 1 ? (
          <span key={item.filter.name} aria-current="page">
            {valueText(item, project)}
          </span>
        ) : (
          <Link key={item.filter.name} href={upTo(index + 1)}>
            {valueText(item, project)}
          </Link>
        ),
      )}
    </nav>
  )
}

/** One value chosen at a level leads to the next level. */
function placeIn({ levels }: HierarchyInfo, { filters }: PageState) {
  const chosen = levels.map((level) =>
    filters.find(
      ({ filter, values }) => filter.levels.length === 1 && filter.levels[0] === level && values.length === 1,
    ),
  )
  const deepest = chosen.findLastIndex((item) => item !== undefined)
  const level = levels[Math.min(deepest + 1, levels.length - 1)]
  return { level, trail: chosen.filter((item) => item !== undefined) }
}

function filterOf(level: string, project: Project) {
  const known = project.globalFilters.find(({ levels }) => levels.length === 1 && levels[0] === level)
  const dimension = project.dimensions.find(({ name }) => name === level)
  if (known !== undefined) return known
  if (dimension === undefined) throw new Error(`no dimension ${level}`)
  return dimensionFilter(dimension, project)
}

const labelOf = (name: string, { dimensions }: Project) => dimensions.find((item) => item.name === name)?.label ?? name

/** Rows of the level that is asked; those of the level before it are none. */
function rowsOf(rows: readonly Row[] | undefined, level: string | undefined): readonly Row[] | null {
  const [first] = rows ?? []
  if (rows === undefined || level === undefined) return null
  return first === undefined || level in first ? rows : null
}

function shareOf(part: unknown, whole: unknown): number | null {
  return typeof part === 'number' && typeof whole === 'number' && whole !== 0 ? part / whole : null
}
