import { formatValue, type MetricFormat } from '../format/value.ts'
import type { HeatmapData } from './heatmap-data.ts'
import { useSize } from './use-size.ts'

interface Props {
  readonly data: HeatmapData
  readonly format: MetricFormat
  readonly label: string
  /** False where zero means little: the scale begins at the least value. */
  readonly fromZero: boolean
  readonly onPick?: ((row: number, column: number) => void) | undefined
}

const STEPS = 9
/** A grid of so many columns and rows has room for its figures. */
const MOST_WRITTEN = 8

/** A grid of two dimensions: the stronger the colour, the more. */
export function Heatmap({ data, format, label, fromZero, onPick }: Props) {
  const { columns, rows, cells } = data
  const known = cells.flat().filter((value) => value !== null)
  const most = Math.max(0, ...known)
  const least = fromZero || known.length === 0 ? 0 : Math.min(...known)
  const stepOf = (value: number) =>
    fromZero
      ? Math.ceil((value / (most || 1)) * STEPS)
      : 1 + Math.round(((value - least) / (most - least || 1)) * (STEPS - 1))
  const written = columns.length <= MOST_WRITTEN && rows.length <= MOST_WRITTEN
  const longest = Math.max(3, ...rows.map((row) => row.label.length))
  const labelWidth = Math.min(110, longest * 6.5 + 8)
  const [foot, { width }] = useSize<HTMLDivElement>()
  const every = everyOf(columns, (width - labelWidth) / Math.max(1, columns.length))
  const Cell = onPick === undefined ? 'span' : 'button'
  return (
    <div
      className="heatmap"
      data-written={written}
      style={{ '--heatmap-label': `${labelWidth}px` } as React.CSSProperties}
      {...{ role: onPick === undefined ? 'img' : 'group', 'aria-label': heatmapFinding(label, data, format) }}
    >
      <div className="heatmap-rows" style={{ gridTemplateRows: `repeat(${rows.length}, minmax(18px, 1fr))` }}>
        {rows.map((row, y) => (
          <div key={row.key} className="heatmap-row">
            <span className="heatmap-label" title={row.label}>
              {row.label}
            </span>
            {columns.map((column, x) => {
              const value = cells[y]?.[x] ?? null
              const step = value === null ? 0 : Math.min(STEPS, Math.max(0, stepOf(value)))
              const title = `${row.label}, ${column.label}: ${formatValue(value, format, 'exact')}`
              const more =
                onPick === undefined
                  ? {}
                  : {
                      onClick: () => onPick(y, x),
                      type: 'button' as const,
                      'aria-label': title,
                      tabIndex: value === null ? -1 : 0,
                    }
              return (
                <Cell key={column.key} className="heatmap-cell" data-step={step} title={title} {...more}>
                  {written && value !== null && <span className="heatmap-value">{formatValue(value, format)}</span>}
                </Cell>
              )
            })}
          </div>
        ))}
      </div>
      <div className="heatmap-row heatmap-foot" aria-hidden="true" ref={foot}>
        <span className="heatmap-label" />
        {columns.map((column, x) => (
          <span key={column.key} className="heatmap-column">
            {x % every === 0 && (
              <span className="heatmap-tick" style={{ width: `${every * 100}%` }} title={column.label}>
                {column.label}
              </span>
            )}
          </span>
        ))}
      </div>
      <div className="heatmap-scale" aria-hidden="true">
        <span>{formatValue(least, format)}</span>
        {Array.from({ length: STEPS }, (_, step) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place on the scale.
          <span key={step} className="heatmap-step" data-step={step + 1} />
        ))}
        <span>{formatValue(most, format)}</span>
      </div>
    </div>
  )
}

const STRIDES = [1, 2, 3, 4, 6, 8, 12]
/** So many columns are each named, however short. */
const ALL_NAMED = 8

/** Every how many columns a label has room. */
function everyOf(columns: HeatmapData['columns'], width: number): number {
  if (columns.length <= ALL_NAMED || width <= 0) return 1
  const room = Math.min(64, Math.max(...columns.map(({ label }) => label.length)) * 6.2 + 6)
  return STRIDES.find((stride) => stride * width >= room) ?? Math.ceil(room / width)
}

/** Where the most is. */
export function heatmapFinding(title: string, { columns, rows, cells }: HeatmapData, format: MetricFormat): string {
  let best: { value: number; row: string; column: string } | null = null
  for (const [y, line] of cells.entries()) {
    for (const [x, value] of line.entries()) {
      if (value !== null && (best === null || value > best.value)) {
        best = { value, row: rows[y]?.label ?? '', column: columns[x]?.label ?? '' }
      }
    }
  }
  if (best === null) return `${title}: no data.`
  return `${title}: highest at ${best.row}, ${best.column} with ${formatValue(best.value, format, 'exact')}.`
}
