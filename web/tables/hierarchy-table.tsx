import { useState } from 'react'
import type { QueryDefinition } from '../../runtime/definitions/index.ts'
import { keyOf } from '../charts/series.ts'
import { dimensionNamed, looksOf } from '../format/value-looks.ts'
import type { Row } from '../queries/answers.ts'
import type { Project } from '../queries/project.ts'
import { useAnswers } from '../queries/use-answers.ts'
import { narrow } from '../widgets/narrow.ts'
import type { OnSelect, SelectedValue } from '../widgets/widget-props.ts'
import type { Column } from './columns.ts'

interface Props {
  readonly title: string
  readonly rows: readonly Row[]
  /** The query of the first level. */
  readonly query: QueryDefinition
  /** Dimensions from coarse to fine, as `model.name`. */
  readonly levels: readonly string[]
  readonly columns: readonly Column[]
  readonly project: Project
  readonly onSelect: OnSelect | undefined
}

/** Rows that open level by level, each level asked when it is opened. */
export function HierarchyTable(props: Props) {
  const { title, rows, levels, columns, project } = props
  const names = levels.map((level) => dimensionNamed(level, project)?.label ?? level)
  return (
    <section className="table-frame" aria-label={title} tabIndex={rows.length > 8 ? 0 : undefined}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="th-text">{names.join(' › ')}</span>
            </th>
            {columns.map(({ key, label, description }) => (
              <th key={key} scope="col" data-number="true" title={description === '' ? undefined : description}>
                <span className="th-text">{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Level {...props} path={[]} />
        </tbody>
      </table>
    </section>
  )
}

const MOST = 200

function Level(props: Props & { readonly path: readonly SelectedValue[] }) {
  const { rows, levels, columns, path, project, onSelect } = props
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const dimension = levels[path.length] ?? ''
  const { textOf } = looksOf(dimension, project)
  const isLast = path.length >= levels.length - 1
  const toggle = (key: string) => {
    const next = new Set(opened)
    if (!next.delete(key)) next.add(key)
    setOpened(next)
  }
  const keyIn = (row: Row) => (dimension in row ? dimension : (dimension.split('.').at(-1) ?? dimension))
  return (
    <>
      {rows.slice(0, MOST).map((row) => {
        const value = row[keyIn(row)] ?? null
        const key = keyOf(value)
        const label = textOf(value)
        const isOpen = opened.has(key)
        const here = [...path, { dimension, value }]
        return [
          <tr key={key}>
            <td style={{ paddingLeft: 16 + path.length * 20 }}>
              {isLast ? (
                <button
                  type="button"
                  className="tree-leaf"
                  disabled={onSelect === undefined}
                  onClick={() => onSelect?.({ kind: 'mark', metric: columns[0]?.key ?? null, values: here })}
                >
                  {label}
                </button>
              ) : (
                <button type="button" className="tree-open" aria-expanded={isOpen} onClick={() => toggle(key)}>
                  <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {label}
                </button>
              )}
            </td>
            {columns.map(({ key, text }) => (
              <td key={key} data-number="true">
                {text(row[key])}
              </td>
            ))}
          </tr>,
          isOpen && <Children key={`${key} below`} {...props} path={here} />,
        ]
      })}
      {rows.length > MOST && (
        <Note span={columns.length + 1} depth={path.length} text={`The first ${MOST} of ${rows.length}.`} />
      )}
    </>
  )
}

function Children(props: Props & { readonly path: readonly SelectedValue[] }) {
  const { query, levels, path, columns } = props
  const level = levels[path.length] ?? ''
  const { answers, error, retry } = useAnswers([narrow({ ...query, by: [level] }, path)])
  const rows = answers?.[0]?.rows
  const note = (text: string, more?: React.ReactNode) => (
    <Note span={columns.length + 1} depth={path.length} text={text}>
      {more}
    </Note>
  )
  if (error !== null) {
    return note(
      error.message,
      <button type="button" className="text-button" onClick={retry}>
        Try again
      </button>,
    )
  }
  if (rows === undefined) return note('Loading…')
  return rows.length === 0 ? note('Nothing below.') : <Level {...props} rows={rows} />
}

interface NoteProps {
  readonly span: number
  readonly depth: number
  readonly text: string
  readonly children?: React.ReactNode
}

const Note = ({ span, depth, text, children }: NoteProps) => (
  <tr>
    <td colSpan={span} className="tree-note" style={{ paddingLeft: 36 + depth * 20 }}>
      {text} {children}
    </td>
  </tr>
)
