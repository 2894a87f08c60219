import { formatValue, type MetricFormat } from '../format/value.ts'

interface Bar {
  readonly key: string
  readonly label: string
  readonly color: string
  readonly value: number | null
}

/** Horizontal bars, one for each value of a dimension, with the number beside it. */
export function CategoryBars({
  bars,
  format,
  label,
}: {
  readonly bars: readonly Bar[]
  readonly format: MetricFormat
  readonly label: string
}) {
  const most = Math.max(format.type === 'percent' ? 1 : 0, ...bars.map(({ value }) => Math.abs(value ?? 0)))
  return (
    <ul className="bars" aria-label={label}>
      {bars.map(({ key, label: name, color, value }) => (
        <li key={key}>
          <span className="bar-label" title={name}>
            {name}
          </span>
          <span className="bar-track">
            <span
              className="bar-fill"
              style={{ width: `${most === 0 ? 0 : (Math.abs(value ?? 0) / most) * 100}%`, background: color }}
            />
          </span>
          <span className="bar-value">{formatValue(value, format)}</span>
        </li>
      ))}
    </ul>
  )
}
