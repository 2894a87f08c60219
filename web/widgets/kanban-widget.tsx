import type { Widget } from '../../runtime/definitions/index.ts'
import { keyOf } from '../charts/series.ts'
import { StatusMark } from '../components/status-mark.tsx'
import { nowIn } from '../format/time.ts'
import { formatChange, formatValue } from '../format/value.ts'
import { looksOf } from '../format/value-looks.ts'
import type { Row } from '../queries/answers.ts'
import { comparedRange } from '../queries/date-range.ts'
import type { MetricInfo, Project } from '../queries/project.ts'
import { isTimed, widgetQueries } from '../queries/widget-queries.ts'
import { asNumber, metricsOf, moodOf, STATUS_LABELS, type Status, statusOf } from './metrics.ts'
import { WidgetFrame } from './widget-frame.tsx'
import type { OnSelect, WidgetProps } from './widget-props.ts'

const COLUMNS: readonly Status[] = ['good', 'warn', 'bad']
const MOST = 8

/** Values of a dimension in the columns good, needs work and poor. */
export function KanbanWidget(props: WidgetProps & { readonly definition: Extract<Widget, { type: 'kanban' }> }) {
  const { widget, state, project, onSelect, definition } = props
  const asked = widgetQueries(widget, state, project)
  const [metric] = metricsOf(widget, project)
  const before = isTimed(widget.query, project.metrics)
    ? comparedRange(state.range, state.compare, nowIn(project.timezone))
    : null
  const [main] = asked.queries
  const queries =
    before === null || main === undefined ? asked.queries : [main, { ...main, from: before.from, to: before.to }]
  return (
    <WidgetFrame {...props} asked={{ ...asked, queries }}>
      {([answer, earlier]) =>
        metric !== undefined && (
          <Board
            cards={cardsOf(answer?.rows ?? [], earlier?.rows ?? [], metric, definition.by, project)}
            metric={metric}
            by={definition.by}
            onSelect={onSelect}
          />
        )
      }
    </WidgetFrame>
  )
}

interface BoardCard {
  readonly key: string
  readonly label: string
  readonly raw: string | number | boolean | null
  readonly value: number
  readonly before: number | null
}

function cardsOf(
  rows: readonly Row[],
  earlier: readonly Row[],
  metric: MetricInfo,
  by: string,
  project: Project,
): readonly BoardCard[] {
  const { textOf } = looksOf(by, project)
  const before = new Map(earlier.map((row) => [keyOf(row[by]), asNumber(row[metric.name])]))
  return rows.flatMap((row) => {
    const value = asNumber(row[metric.name])
    const key = keyOf(row[by])
    const card = { key, label: textOf(row[by]), raw: row[by] ?? null, before: before.get(key) ?? null }
    return value === null ? [] : [{ ...card, value }]
  })
}

interface BoardProps {
  readonly cards: readonly BoardCard[]
  readonly metric: MetricInfo
  readonly by: string
  readonly onSelect: OnSelect | undefined
}

function Board({ cards, metric, by, onSelect }: BoardProps) {
  const sign = metric.direction === 'down' ? -1 : 1
  return (
    <div className="kanban">
      <div className="kanban-columns">
        {COLUMNS.map((status) => {
          // The worst of a column first: it is the next to leave it, or the one to look at.
          const own = cards
            .filter(({ value }) => statusOf(value, metric) === status)
            .sort((a, b) => (a.value - b.value) * sign)
          return (
            <section key={status} className="kanban-column" data-status={status} data-count={own.length}>
              <h4 className="kanban-title">
                <StatusMark status={status} label={STATUS_LABELS[status]} />
                <span className="kanban-count">{own.length}</span>
              </h4>
              <p className="kanban-limit">{limitOf(status, metric)}</p>
              <ul>
                {own.slice(0, MOST).map((card) => (
                  <li key={card.key}>
                    <KanbanCard card={card} metric={metric} by={by} onSelect={onSelect} />
                  </li>
                ))}
              </ul>
              {own.length > MOST && <p className="chart-note">and {own.length - MOST} more</p>}
              {own.length === 0 && <p className="kanban-none">None</p>}
            </section>
          )
        })}
      </div>
    </div>
  )
}

function KanbanCard({ card, metric, by, onSelect }: Omit<BoardProps, 'cards'> & { readonly card: BoardCard }) {
  const { label, raw, value, before } = card
  const change = before === null || before === value ? null : formatChange(value, before, metric.format)
  const inner = (
    <>
      <span className="kanban-name" title={label}>
        {label}
      </span>
      <span className="kanban-value">{formatValue(value, metric.format)}</span>
      {change !== null && before !== null && (
        <span
          className="delta-change"
          data-mood={moodOf(value - before, metric)}
          title={`before: ${formatValue(before, metric.format, 'exact')}`}
        >
          <span aria-hidden="true">{value > before ? '▲' : '▼'}</span> {change.replace(/^[+−]/, '')}
          <span className="sr-only">{value > before ? ' up' : ' down'}</span>
        </span>
      )}
    </>
  )
  if (onSelect === undefined) return <div className="kanban-card">{inner}</div>
  return (
    <button
      type="button"
      className="kanban-card"
      onClick={() => onSelect({ kind: 'mark', metric: metric.name, values: [{ dimension: by, value: raw }] })}
    >
      {inner}
    </button>
  )
}

function limitOf(status: Status, { thresholds, format, direction }: MetricInfo): string {
  if (thresholds === null) return ''
  const [good, warn] = [formatValue(thresholds.good, format), formatValue(thresholds.warn, format)]
  const up = direction !== 'down'
  if (status === 'good') return up ? `${good} or more` : `${good} or less`
  if (status === 'warn') return up ? `${warn} to ${good}` : `${good} to ${warn}`
  return up ? `below ${warn}` : `above ${warn}`
}
