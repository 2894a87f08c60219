import { useState } from 'react'
import type { Grain } from '../../runtime/definitions/index.ts'
import { longTime } from '../format/time.ts'
import { formatValue, type MetricFormat } from '../format/value.ts'
import type { Row } from '../queries/answers.ts'
import type { MetricInfo, Project } from '../queries/project.ts'

interface Props {
  readonly rows: readonly Row[]
  readonly metrics: readonly MetricInfo[]
  readonly project: Project
  readonly grain: Grain | null
}

const MOST_ROWS = 100

/** Rows with their dimensions first; a click on a heading sorts by it. */
export function DataTable({ rows, metrics, project, grain }: Props) {
  const [sort, setSort] = useState<{ key: string; down: boolean } | null>(null)
  const byName = new Map(metrics.map((metric) => [metric.name, metric]))
  const keys = Object.keys(rows[0] ?? {})
  const columns = [
    ...keys.filter((key) => !byName.has(key)),
    ...metrics.map(({ name }) => name).filter((name) => keys.includes(name)),
  ]
  const first = metrics[0]?.name
  const most = Math.max(0, ...rows.map((row) => Number(first === undefined ? 0 : (row[first] ?? 0))))
  const shown = (
    sort === null ? rows : [...rows].sort((a, b) => compare(a[sort.key], b[sort.key]) * (sort.down ? -1 : 1))
  ).slice(0, MOST_ROWS)
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            {columns.map((key) => (
              <th
                key={key}
                data-number={byName.has(key)}
                aria-sort={sort?.key === key ? (sort.down ? 'descending' : 'ascending') : 'none'}
              >
                <button
                  type="button"
                  onClick={() => setSort({ key, down: sort?.key === key ? !sort.down : byName.has(key) })}
                >
                  {byName.get(key)?.label ?? labelOf(key, project)}
                  <span className="sort-mark" aria-hidden="true">
                    {sort?.key === key ? (sort.down ? '↓' : '↑') : ''}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of an answer have no key of their own.
            <tr key={index}>
              {columns.map((key) => {
                const metric = byName.get(key)
                return (
                  <td key={key} data-number={metric !== undefined}>
                    {key === first && most > 0 && (
                      <span
                        className="cell-bar"
                        style={{ width: `${(Math.max(0, Number(row[key] ?? 0)) / most) * 100}%` }}
                      />
                    )}
                    <span className="cell-text">
                      {metric
                        ? formatValue(row[key], withoutUnit(metric.format), 'exact')
                        : cellOf(key, row[key], grain)}
                    </span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && (
        <p className="table-note">
          The first {MOST_ROWS} of {rows.length.toLocaleString('en-US')} rows.
        </p>
      )}
    </div>
  )
}

/** The unit would be said again in every row; that of a duration is how it is written. */
function withoutUnit(format: MetricFormat): MetricFormat {
  const { unit: _unit, ...rest } = format
  return format.type === 'duration' ? format : rest
}

function cellOf(key: string, value: Row[string] | undefined, grain: Grain | null): string {
  if (value === null || value === undefined || value === '') return '—'
  return key === 'time' ? longTime(String(value), grain ?? 'day') : String(value)
}

/** The label of a dimension named in a query, qualified or not. */
function labelOf(key: string, { dimensions }: Project): string {
  if (key === 'time') return 'Time'
  const found = dimensions.find(({ name }) => name === key) ?? dimensions.find(({ name }) => name.endsWith(`.${key}`))
  return found?.label ?? key
}

function compare(a: unknown, b: unknown): number {
  if (a === null || a === undefined) return b === null || b === undefined ? 0 : -1
  if (b === null || b === undefined) return 1
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
}
