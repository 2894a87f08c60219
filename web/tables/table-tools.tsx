import { useEffect, useRef, useState } from 'react'
import type { Row } from '../queries/answers.ts'
import type { Column } from './columns.ts'
import { type ExportFormat, exportRows } from './export-answer.ts'

interface Props {
  readonly title: string
  readonly rows: readonly Row[]
  readonly truncated: boolean
  readonly columns: readonly Column[]
  readonly hidden: ReadonlySet<string>
  readonly onHidden: (hidden: ReadonlySet<string>) => void
  /** Null where there is too little to search. */
  readonly filter: string | null
  readonly onFilter: (text: string) => void
}

const FORMATS: readonly { readonly name: ExportFormat; readonly label: string }[] = [
  { name: 'csv', label: 'CSV' },
  { name: 'ndjson', label: 'NDJSON' },
  { name: 'xlsx', label: 'Excel' },
]

/** Search, choice of columns and export of a table. */
export function TableTools({ title, rows, truncated, columns, hidden, onHidden, filter, onFilter }: Props) {
  const [formatted, setFormatted] = useState(false)
  const shown = columns.filter(({ key }) => !hidden.has(key))
  const count = rows.length.toLocaleString('en-US')
  const toggle = (key: string) => {
    const next = new Set(hidden)
    if (!next.delete(key)) next.add(key)
    if (next.size < columns.length) onHidden(next)
  }
  return (
    <div className="table-tools">
      {filter !== null && (
        <input
          type="search"
          className="table-filter"
          aria-label={`Search in ${title}`}
          placeholder="Search"
          value={filter}
          onChange={(event) => onFilter(event.target.value)}
        />
      )}
      <span className="table-count" role="status">
        {count} {rows.length === 1 ? 'row' : 'rows'}
        {truncated ? ', and there are more' : ''}
      </span>
      {columns.length > 2 && (
        <Drop label="Columns">
          {columns.map(({ key, label }) => (
            <label key={key} className="drop-item">
              <input type="checkbox" checked={!hidden.has(key)} onChange={() => toggle(key)} /> {label}
            </label>
          ))}
        </Drop>
      )}
      <Drop label="Export">
        <p className="drop-note">
          {count} {rows.length === 1 ? 'row' : 'rows'}
          {truncated ? ': a part only, there are more than one answer holds.' : ', all of them.'}
        </p>
        <label className="drop-item">
          <input type="checkbox" checked={formatted} onChange={() => setFormatted(!formatted)} /> Formatted values
        </label>
        {FORMATS.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            className="drop-item"
            onClick={() => void exportRows(rows, shown, { name: title, format: name, formatted })}
          >
            {label}
          </button>
        ))}
      </Drop>
    </div>
  )
}

/** A small panel that opens below a button and closes on Escape or elsewhere. */
function Drop({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  const ref = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const element = ref.current
      if (element === null || !element.open) return
      const isKey = event instanceof KeyboardEvent
      if (isKey ? event.key !== 'Escape' : element.contains(event.target as Node)) return
      element.open = false
      if (isKey) element.querySelector('summary')?.focus()
    }
    document.addEventListener('pointerdown', close)
    document.addEventListener('keydown', close)
    return () => {
      document.removeEventListener('pointerdown', close)
      document.removeEventListener('keydown', close)
    }
  }, [])
  return (
    <details className="drop" ref={ref}>
      <summary className="drop-button">{label}</summary>
      <div className="drop-panel">{children}</div>
    </details>
  )
}
