import { type ReactNode, useRef, useState } from 'react'
import { Card, type CardKind, CardTool } from '../components/card.tsx'
import { Empty, Failure, Skeleton } from '../components/states.tsx'
import type { Answer } from '../queries/answers.ts'
import { PRESETS, rangeOf } from '../queries/date-range.ts'
import { useAnswers } from '../queries/use-answers.ts'
import { isTimed, type WidgetQueries } from '../queries/widget-queries.ts'
import { DataTable } from '../tables/data-table.tsx'
import { metricsOf } from './metrics.ts'
import type { WidgetProps } from './widget-props.ts'

interface Props extends WidgetProps {
  readonly asked: Pick<WidgetQueries, 'queries' | 'ignored' | 'grain'>
  /** Height that the states take before there is something to show. */
  readonly height?: number
  readonly kind?: CardKind
  /** True where the body is a table or a number itself. */
  readonly plain?: boolean
  readonly tools?: ReactNode
  readonly children: (answers: readonly Answer[]) => ReactNode
}

/** A widget in its card, in every state it can have: the first load, data, none, a part, old data, an error. */
export function WidgetFrame(props: Props) {
  const { widget, state, project, menu, asked, height = 220, kind = 'chart', plain = false, tools, children } = props
  const { answers, loading, error, stale, retry } = useAnswers(asked.queries)
  const [asTable, setAsTable] = useState(false)
  const metrics = metricsOf(widget, project)
  const rows = answers?.[0]?.rows ?? null
  const [metric] = metrics
  const drawn = useRef<{ readonly body: ReactNode; readonly asTable: boolean } | null>(null)
  const body = () => {
    if (error !== null) return <Failure error={error} retry={retry} height={height} />
    if (answers === null || rows === null) return <Skeleton height={height} />
    if (rows.length === 0) {
      return (
        <Empty height={height} metric={isTimed(widget.query, metrics) ? metric?.name : undefined} range={state.range} />
      )
    }
    if (!asTable) return children(answers)
    return (
      <DataTable title={widget.title} answer={answers[0]} metrics={metrics} project={project} grain={asked.grain} />
    )
  }
  // What is shown stays as it is until its answers change: old figures never get the words of a new range.
  const draw = () => {
    drawn.current = { body: body(), asTable }
    return drawn.current.body
  }
  return (
    <Card
      title={widget.title}
      note={ownRange(widget, state)}
      description={widget.definition.description ?? (metrics.length === 1 ? metric?.description : undefined)}
      width={widget.width}
      loading={loading && answers !== null}
      drill={widget.definition.drill}
      kind={kind}
      height={widget.definition.height}
      tools={
        <>
          {tools}
          {!plain && rows !== null && rows.length > 0 && (
            <CardTool
              label={asTable ? `Show ${widget.title} as a chart` : `Show ${widget.title} as a table`}
              icon={asTable ? 'chart' : 'table'}
              pressed={asTable}
              onPress={() => setAsTable(!asTable)}
            />
          )}
          {menu}
        </>
      }
    >
      {loading && answers !== null && drawn.current?.asTable === asTable ? drawn.current.body : draw()}
      <Notes asked={asked} answers={answers ?? []} stale={stale} retry={retry} />
    </Card>
  )
}

interface NotesProps {
  readonly asked: Props['asked']
  readonly answers: readonly Answer[]
  readonly stale: boolean
  readonly retry: () => void
}

/** Named where the widget reaches further back than the page. */
function ownRange({ definition }: WidgetProps['widget'], { range }: WidgetProps['state']): string | null {
  const own = 'range' in definition ? PRESETS.find(({ name }) => name === definition.range) : undefined
  return own !== undefined && rangeOf(own.name, range.to).from < range.from ? own.long : null
}

/** What one must know to read the figures right. */
function Notes({ asked, answers, stale, retry }: NotesProps) {
  const ignored = asked.ignored.map(({ label }) => label)
  const isPartial = answers.some(({ truncated }) => truncated)
  if (!stale && !isPartial && ignored.length === 0) return null
  return (
    <div className="card-notes">
      {stale && (
        <p role="status">
          Older figures: asking again failed.{' '}
          <button type="button" className="text-button" onClick={retry}>
            Try again
          </button>
        </p>
      )}
      {isPartial && <p>A part only: there are more rows than one answer holds. Filter, or choose fewer days.</p>}
      {ignored.length > 0 && <p>Not filtered by {ignored.join(', ')}, which it does not have.</p>}
    </div>
  )
}
