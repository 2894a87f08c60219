import {
  columnFilteringFeature,
  columnVisibilityFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import type { Grain } from '../../runtime/definitions/index.ts'
import { StatusDot } from '../components/status-dot.tsx'
import type { Answer, Row } from '../queries/answers.ts'
import type { MetricInfo, Project } from '../queries/project.ts'
import { type Column, columnsOf, compareValues } from './columns.ts'
import { TableTools } from './table-tools.tsx'
import './tables.css'

interface Props {
  readonly title: string
  readonly answer: Answer | undefined
  readonly metrics: readonly MetricInfo[]
  readonly project: Project
  readonly grain: Grain | null
  readonly onRow?: ((row: Row) => void) | undefined
}

const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
})
const helper = createColumnHelper<typeof features, Row>()
const ROW_HEIGHT = 33
const FEW = 8
/** More columns than these stand closer together. */
const DENSE = 6
const NO_ROWS: Row[] = []

/** Rows that are sorted, searched, and drawn as far as they are seen. */
export function DataTable({ title, answer, metrics, project, grain, onRow }: Props) {
  const rows = (answer?.rows ?? NO_ROWS) as Row[]
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer stands for the rest.
  const columns = useMemo(() => columnsOf(rows, metrics, project, grain), [rows])
  const [sorting, setSorting] = useState<SortingState>([])
  const [filter, setFilter] = useState('')
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const definitions = useMemo(() => columns.map(definitionOf), [columns])
  const visibility = useMemo(() => Object.fromEntries([...hidden].map((key) => [key, false])), [hidden])
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    state: { sorting, globalFilter: filter, columnVisibility: visibility },
    onSortingChange: setSorting,
    globalFilterFn: (row, id, text: string) => textIn(columns, id, row.original).includes(text.toLowerCase()),
    getColumnCanGlobalFilter: () => true,
  })
  const found = table.getRowModel().rows
  const frame = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: found.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialRect: { width: 800, height: 420 },
  })
  const items = virtual.getVirtualItems()
  const shown = columns.filter(({ key }) => !hidden.has(key))
  const leading = shown.find(({ metric }) => metric?.additive)
  const most = leading === undefined ? 0 : Math.max(0, ...rows.map((row) => Number(row[leading.key] ?? 0)))
  const [above, below] = [items[0]?.start ?? 0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0)]
  return (
    <>
      <TableTools
        title={title}
        rows={found.map(({ original }) => original)}
        truncated={answer?.truncated ?? false}
        columns={columns}
        hidden={hidden}
        onHidden={setHidden}
        filter={rows.length > FEW ? filter : null}
        onFilter={setFilter}
      />
      <section className="table-frame" ref={frame} aria-label={title} tabIndex={found.length > FEW ? 0 : undefined}>
        <table aria-rowcount={found.length + 1} data-dense={shown.length > DENSE}>
          <thead>
            <tr aria-rowindex={1}>
              {shown.map((column) => (
                <Heading
                  key={column.key}
                  column={column}
                  sorting={sorting}
                  onSort={() => setSorting(nextSorting(sorting, column))}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {above > 0 && <Spacer height={above} span={shown.length} />}
            {items.map(({ index }) => {
              const row = found[index]?.original
              return (
                row !== undefined && (
                  <tr
                    key={index}
                    aria-rowindex={index + 2}
                    data-clickable={onRow !== undefined}
                    onClick={onRow === undefined ? undefined : () => onRow(row)}
                  >
                    {shown.map((column, place) => (
                      <Cell
                        key={column.key}
                        column={column}
                        row={row}
                        most={column === leading ? most : 0}
                        onOpen={place === 0 && onRow !== undefined ? () => onRow(row) : undefined}
                      />
                    ))}
                  </tr>
                )
              )
            })}
            {below > 0 && <Spacer height={below} span={shown.length} />}
          </tbody>
        </table>
        {found.length === 0 && <p className="table-note">No row has “{filter}”.</p>}
      </section>
    </>
  )
}

const definitionOf = ({ key }: Column) =>
  helper.accessor((row): unknown => row[key] ?? undefined, {
    id: key,
    sortUndefined: 'last',
    sortFn: (a, b, id) => compareValues(a.getValue(id), b.getValue(id)),
  })

function textIn(columns: readonly Column[], id: string, row: Row): string {
  const column = columns.find(({ key }) => key === id)
  return (column?.text(row[id]) ?? '').toLowerCase()
}

/** Numbers begin with the most, texts with A; the third click goes back to how it came. */
function nextSorting(sorting: SortingState, { key, isNumber }: Column): SortingState {
  const now = sorting.find(({ id }) => id === key)
  if (now === undefined) return [{ id: key, desc: isNumber }]
  return now.desc === isNumber ? [{ id: key, desc: !isNumber }] : []
}

interface HeadingProps {
  readonly column: Column
  readonly sorting: SortingState
  readonly onSort: () => void
}

function Heading({ column, sorting, onSort }: HeadingProps) {
  const { key, label, description, isNumber } = column
  const sorted = sorting.find(({ id }) => id === key)
  return (
    <th
      scope="col"
      data-number={isNumber}
      aria-sort={sorted === undefined ? 'none' : sorted.desc ? 'descending' : 'ascending'}
    >
      <button type="button" onClick={onSort} title={description === '' ? undefined : description}>
        {label}
        <span className="sort-mark" aria-hidden="true">
          {sorted === undefined ? '' : sorted.desc ? '↓' : '↑'}
        </span>
      </button>
    </th>
  )
}

interface CellProps {
  readonly column: Column
  readonly row: Row
  readonly most: number
  readonly onOpen: (() => void) | undefined
}

function Cell({ column, row, most, onOpen }: CellProps) {
  const value = row[column.key]
  const text = column.text(value)
  const status = column.statusOf?.(value) ?? null
  return (
    <td data-number={column.isNumber}>
      {most > 0 && (
        <span className="cell-bar" style={{ width: `${(Math.max(0, Number(value ?? 0)) / most) * 100}%` }} />
      )}
      {onOpen === undefined ? (
        <span className="cell-text" title={text.length > 32 ? text : undefined}>
          {status !== null && <StatusDot status={status} />}
          {text}
        </span>
      ) : (
        <button
          type="button"
          className="cell-text cell-open"
          onClick={(event) => {
            event.stopPropagation()
            onOpen()
          }}
        >
          {status !== null && <StatusDot status={status} />}
          {text}
        </button>
      )}
    </td>
  )
}

/** Room of the rows that are not drawn. */
function Spacer({ height, span }: { readonly height: number; readonly span: number }) {
  return (
    <tr>
      <td className="table-spacer" colSpan={span} style={{ height }} />
    </tr>
  )
}
