import { formatValue, type MetricFormat } from '../format/value.ts'
import type { Part } from './part.ts'

interface Props {
  readonly bars: readonly Part[]
  readonly format: MetricFormat
  readonly label: string
  readonly onPick?: ((key: string) => void) | undefined
}

/** Horizontal bars, one for each value of a dimension, with the number beside it. */
export function CategoryBars({ bars, format, label, onPick }: Props) {
  const most = Math.max(format.type === 'percent' ? 1 : 0, ...bars.map(({ value }) => Math.abs(value ?? 0)))
  return (
    <ul className="bars" aria-label={label}>
      {bars.map(({ key, label: name, color, value, raw }) => (
        <li key={key}>
          {onPick === undefined || raw === undefined ? (
            <span className="bar-label" title={name}>
              {name}
            </span>
          ) : (
            <button type="button" className="bar-label" title={name} onClick={() => onPick(key)}>
              {name}
            </button>
          )}
          <span className="bar-track">
            <span
              className="bar-fill"
              style={{ width: `${most === 0 ? 0 : (Math.abs(value ?? 0) / most) * 100}%`, background: color }}
            />
          </span>
          <span className="bar-value" title={formatValue(value, format, 'exact')}>
            {formatValue(value, format)}
          </span>
        </li>
      ))}
    </ul>
  )
}
