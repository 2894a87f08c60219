import { useState } from 'react'
import { Link } from '../components/link.tsx'
import { Failure, Skeleton } from '../components/states.tsx'
import { FilterBar } from '../filters/filter-bar.tsx'
import { dimensionFilter } from '../queries/filters.ts'
import { navigate, readState, searchOf } from '../queries/page-state.ts'
import type { DetailInfo, FilterInfo, ModelInfo, Project } from '../queries/project.ts'
import { useAnswers } from '../queries/use-answers.ts'
import { RECORDS_PAGE } from './drill.ts'
import { RecordDialog } from './record-dialog.tsx'
import { figuresQuery, recordListQuery } from './record-queries.ts'
import { RecordTable } from './record-table.tsx'

interface Props {
  readonly model: ModelInfo
  readonly detail: DetailInfo
  readonly project: Project
  readonly search: string
}

const STEP = 100

/** The rows of a model as the page is filtered; a click opens one over the list. */
export function RecordList({ model, detail, project, search }: Props) {
  const params = new URLSearchParams(search)
  const metric = project.metrics.find(({ name }) => name === params.get('metric'))
  const [order, words, open] = [params.get('sort'), params.get('search') ?? '', params.get('open')]
  const page = { ...RECORDS_PAGE, filters: columnFilters(detail, project) }
  const state = readState(search, page, project)
  const [limit, setLimit] = useState(STEP)
  const list = useAnswers([recordListQuery(model, detail, metric, state, project, { limit, order, search: words })])
  const rows = list.answers?.[0]?.rows ?? null
  const shown = rows?.slice(0, limit) ?? null
  const keys = (shown ?? []).map((row) => String(row[detail.key]))
  const figures = useAnswers(figuresQuery(detail, keys, project))
  const extra = { metric: metric?.name, sort: order ?? undefined, search: words || undefined }
  const hrefWith = (change: Readonly<Record<string, string | undefined>>) =>
    `${location.pathname}${searchOf(state, page, { ...extra, ...change })}`
  return (
    <main className="page" id="content">
      <nav className="breadcrumbs" aria-label="Breadcrumbs">
        <Link href="/">Dashboards</Link>
        <span aria-current="page">{model.label}</span>
      </nav>
      <header className="page-header">
        <div>
          <h1>{metric === undefined ? model.label : `${model.label} behind ${metric.label}`}</h1>
          <p className="page-description">{metric?.description || model.description}</p>
        </div>
      </header>
      <FilterBar
        page={page}
        state={state}
        project={project}
        metrics={metric === undefined ? detail.metrics : [metric.name]}
        timed={metric?.timed ?? model.timeDimension !== null}
        compared={false}
        extra={extra}
      >
        <SearchBox
          words={words}
          label={model.label}
          onSearch={(text) => navigate(hrefWith({ search: text || undefined }))}
        />
      </FilterBar>
      <section className="card record-card" aria-busy={list.loading} aria-label={model.label}>
        {list.loading && rows !== null && <div className="progress" aria-hidden="true" />}
        {list.error !== null && <Failure error={list.error} retry={list.retry} height={200} />}
        {list.error === null && shown === null && <Skeleton height={320} />}
        {list.error === null && shown?.length === 0 && (
          <div className="state">
            <p className="state-title">Nothing like that in this range</p>
            <p className="state-text">Take a longer range, or take away a filter above.</p>
          </div>
        )}
        {shown !== null && shown.length > 0 && (
          <RecordTable
            {...{ model, detail, metric, project, rows: shown, order }}
            figures={figures.answers?.[0]?.rows ?? []}
            hrefOf={(key) => hrefWith({ open: key })}
            onSort={(sort) => navigate(hrefWith({ sort }))}
          />
        )}
      </section>
      {rows !== null && rows.length > 0 && (
        <p className="page-footer">
          {rows.length > limit ? `The first ${limit} rows.` : `${rows.length} rows.`} Times in {project.timezone}.{' '}
          {rows.length > limit && (
            <button type="button" className="link-button" onClick={() => setLimit(limit * 5)}>
              Show more
            </button>
          )}
        </p>
      )}
      {open !== null && (
        <RecordDialog {...{ model, detail, project }} recordKey={open} onClose={() => navigate(hrefWith({}))} />
      )}
    </main>
  )
}

/** Columns with names in them are filters as well. */
function columnFilters({ columns, key }: DetailInfo, project: Project): readonly FilterInfo[] {
  const texts = project.dimensions.filter(
    ({ name, type }) => columns.includes(name) && name !== key && (type === 'string' || type === 'boolean'),
  )
  return columns.flatMap((column) => {
    const dimension = texts.find(({ name }) => name === column)
    return dimension === undefined ? [] : [dimensionFilter(dimension, project)]
  })
}

interface SearchProps {
  readonly words: string
  readonly label: string
  readonly onSearch: (text: string) => void
}

function SearchBox({ words, label, onSearch }: SearchProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(String(new FormData(event.currentTarget).get('search') ?? '').trim())
      }}
    >
      <input
        key={words}
        type="search"
        name="search"
        className="search-input"
        defaultValue={words}
        placeholder="Search and press Enter"
        aria-label={`Search ${label}`}
      />
    </form>
  )
}
