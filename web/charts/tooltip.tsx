import { formatValue } from '../format/value.ts'
import type { Series } from './series.ts'

interface Props {
  readonly title: string
  readonly series: readonly Series[]
  readonly ghosts?: readonly Series[]
  readonly index: number
  /** Pixels from the left of the chart. */
  readonly x: number
  readonly width: number
  readonly total: boolean
}

/** Exact values of all series at one time. */
export function Tooltip({ title, series, ghosts = [], index, x, width, total }: Props) {
  const side = x > width / 2 ? { right: width - x + 12 } : { left: x + 12 }
  const first = series[0]
  const sum = series.reduce((before, { values }) => before + (values[index] ?? 0), 0)
  return (
    <div className="tooltip" style={side}>
      <div className="tooltip-title">{title}</div>
      {series.map(({ key, label, color, format, values }) => (
        <div key={key} className="tooltip-row">
          <span className="swatch" style={{ background: color }} />
          <span className="tooltip-label">{label}</span>
          <span>{formatValue(values[index] ?? null, format, 'exact')}</span>
        </div>
      ))}
      {ghosts.map(({ key, label, format, values }) => (
        <div key={key} className="tooltip-row tooltip-ghost">
          <span className="swatch-ghost" />
          <span className="tooltip-label">{label}</span>
          <span>{formatValue(values[index] ?? null, format, 'exact')}</span>
        </div>
      ))}
      {total && first !== undefined && series.length > 1 && (
        <div className="tooltip-row tooltip-total">
          <span className="tooltip-label">Total</span>
          <span>{formatValue(sum, first.format, 'exact')}</span>
        </div>
      )}
    </div>
  )
}
