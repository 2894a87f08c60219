import { addDays, daysBetween } from '../format/calendar.ts'
import { formatDay } from '../format/time.ts'
import type { DateRange } from '../queries/date-range.ts'
import { hasFilters, withoutFilters, withRange } from '../queries/page-state.ts'
import { useAnswers } from '../queries/use-answers.ts'
import { Link } from './link.tsx'

/** Placeholders of a widget: while it loads the first time, without rows, and when it failed. */
export function Skeleton({ height }: { readonly height: number }) {
  return <div className="skeleton" style={{ height }} aria-hidden="true" />
}

interface EmptyProps {
  readonly height: number
  readonly metric: string | undefined
  readonly range: DateRange
}

export function Empty({ height, metric, range }: EmptyProps) {
  return (
    <div className="state" style={{ minHeight: height }}>
      <p className="state-title">No data in this range</p>
      {metric === undefined ? null : <Newest metric={metric} range={range} />}
    </div>
  )
}

/** Leads to as many days at the end of what there is, or out of the filters. */
function Newest({ metric, range }: { readonly metric: string; readonly range: DateRange }) {
  const { answers } = useAnswers([{ metrics: [metric], grain: 'day', order: ['-time'], limit: 1 }])
  const newest = answers?.[0]?.rows[0]?.time
  const filtered = hasFilters(location.search)
  if (answers === null) return null
  if (typeof newest !== 'string') return <p className="state-text">There is none at any other time, either.</p>
  if (filtered && newest >= range.from) {
    return (
      <p className="state-text">
        Nothing is left by the filters. <Link href={withoutFilters()}>Reset filters</Link>
      </p>
    )
  }
  const from = addDays(newest, -daysBetween(range.from, range.to))
  return (
    <p className="state-text">
      The newest is of {formatDay(newest)}. <Link href={withRange(from, newest)}>Show it</Link>
    </p>
  )
}

interface FailureProps {
  readonly title?: string
  readonly error: Error
  readonly retry: () => void
  readonly height: number
}

export function Failure({ title = 'This could not be answered', error, retry, height }: FailureProps) {
  return (
    <div className="state" style={{ minHeight: height }} role="alert">
      <p className="state-title">{title}</p>
      <p className="state-text">{error.message}</p>
      <button type="button" className="button" onClick={retry}>
        Try again
      </button>
    </div>
  )
}
