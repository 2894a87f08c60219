import { Link } from '../components/link.tsx'
import { formatValue } from '../format/value.ts'
import type { Row } from '../queries/answers.ts'
import type { DetailInfo, MetricInfo, ModelInfo, Project } from '../queries/project.ts'
import { columnsOf, figuresOf } from './record-queries.ts'
import { cellText } from './record-view.tsx'

interface Props {
  readonly model: ModelInfo
  readonly detail: DetailInfo
  readonly metric: MetricInfo | undefined
  readonly project: Project
  readonly rows: readonly Row[]
  readonly figures: readonly Row[]
  readonly order: string | null
  readonly hrefOf: (key: string) => string
  readonly onSort: (order: string) => void
}

/** Rows with the key first, which opens one; the metric that is asked about stands beside it. */
export function RecordTable({ model, detail, metric, project, rows, figures, order, hrefOf, onSort }: Props) {
  const dimensions = columnsOf(model, detail, metric).map((name) => {
    const info = project.dimensions.find((item) => item.name === name)
    return { name, info, label: info?.label ?? name }
  })
  const others = figuresOf(detail, project).filter(({ name }) => name !== metric?.name)
  const byKey = new Map(figures.map((row) => [row[detail.key], row]))
  const sortable = { order, onSort }
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            {dimensions.map(({ name, label }) => (
              <Heading key={name} name={name} label={label} number={false} {...sortable} />
            ))}
            {metric !== undefined && <Heading name={metric.name} label={metric.label} number {...sortable} />}
            {others.map(({ name, label }) => (
              <th key={name} data-number="true">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = String(row[detail.key])
            return (
              <tr key={key}>
                {dimensions.map(({ name, info }) => (
                  <td key={name}>
                    {name === detail.key ? (
                      <Link href={hrefOf(key)}>{key}</Link>
                    ) : (
                      <Cell text={cellText(row[name], info)} />
                    )}
                  </td>
                ))}
                {metric !== undefined && (
                  <td data-number="true">{formatValue(row[metric.name], metric.format, 'exact')}</td>
                )}
                {others.map(({ name, format }) => (
                  <td key={name} data-number="true">
                    {formatValue(byKey.get(row[detail.key] ?? null)?.[name], format, 'exact')}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** Statuses are told apart by more than their words. */
function Cell({ text }: { readonly text: string }) {
  const mood = /^(failed|error|denied|critical|rejected)$/i.test(text)
    ? 'bad'
    : /^(completed|ok|success|succeeded|merged|passed)$/i.test(text)
      ? 'good'
      : undefined
  return mood === undefined ? (
    <span className="cell-text">{text}</span>
  ) : (
    <span className="badge" data-mood={mood}>
      {text}
    </span>
  )
}

interface HeadingProps {
  readonly name: string
  readonly label: string
  readonly number: boolean
  readonly order: string | null
  readonly onSort: (order: string) => void
}

function Heading({ name, label, number, order, onSort }: HeadingProps) {
  const [up, down] = [order === name, order === `-${name}`]
  return (
    <th data-number={number} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
      <button type="button" onClick={() => onSort(down || (!number && !up) ? name : `-${name}`)}>
        {label}
        <span className="sort-mark" aria-hidden="true">
          {up ? '↑' : down ? '↓' : ''}
        </span>
      </button>
    </th>
  )
}
