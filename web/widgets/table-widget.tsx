import { useState } from 'react'
import type { Widget } from '../../runtime/definitions/index.ts'
import type { Row } from '../queries/answers.ts'
import type { Project } from '../queries/project.ts'
import { widgetQueries } from '../queries/widget-queries.ts'
import { columnsOf } from '../tables/columns.ts'
import { DataTable } from '../tables/data-table.tsx'
import { HierarchyTable } from '../tables/hierarchy-table.tsx'
import { metricsOf } from './metrics.ts'
import { WidgetFrame } from './widget-frame.tsx'
import type { WidgetProps } from './widget-props.ts'

type Table = Extract<Widget, { type: 'table' }>

const PAGE = 500
const MOST = 10_000

/** Rows of dimensions and metrics, of a hierarchy, or the single rows of a model. */
export function TableWidget(props: WidgetProps & { readonly definition: Table }) {
  const { widget, state, project, onSelect, definition } = props
  const metrics = metricsOf(widget, project)
  const isRecords = metrics.length === 0
  const [limit, setLimit] = useState(definition.limit ?? PAGE)
  const asked = widgetQueries(widget, state, project)
  // Single rows come page by page: there can be very many.
  const queries = isRecords ? asked.queries.map((query) => ({ ...query, limit })) : asked.queries
  const levels = levelsOf(definition, project)
  const [query] = queries
  const onRow = (row: Row) => {
    const values = Object.entries(row)
      .filter(([key]) => key !== 'time' && !metrics.some(({ name }) => name === key))
      .map(([dimension, value]) => ({ dimension, value }))
    onSelect?.({ kind: 'mark', metric: metrics[0]?.name ?? null, values })
  }
  return (
    <WidgetFrame {...props} asked={{ ...asked, queries }} height={300} plain>
      {([answer]) =>
        levels !== null && query !== undefined ? (
          <HierarchyTable
            title={widget.title}
            rows={answer?.rows ?? []}
            query={query}
            levels={levels}
            columns={columnsOf(answer?.rows ?? [], metrics, project, null).filter(({ metric }) => metric !== null)}
            project={project}
            onSelect={onSelect}
          />
        ) : (
          <>
            <DataTable
              title={widget.title}
              answer={answer}
              metrics={metrics}
              project={project}
              grain={asked.grain}
              onRow={onSelect === undefined ? undefined : onRow}
            />
            {isRecords && answer !== undefined && answer.rows.length >= limit && limit < MOST && (
              <button type="button" className="button table-more" onClick={() => setLimit(Math.min(MOST, limit * 4))}>
                Show more rows
              </button>
            )}
          </>
        )
      }
    </WidgetFrame>
  )
}

/** The levels that rows open by; null where they do not. */
function levelsOf({ hierarchy, model }: Table, { models }: Project): readonly string[] | null {
  if (hierarchy === undefined) return null
  const found = models
    .filter(({ name }) => model === undefined || name === model)
    .flatMap(({ hierarchies }) => hierarchies)
    .find(({ name }) => name === hierarchy)
  return found === undefined ? null : found.levels
}
