import { useState } from 'react'
import { formatValue, type MetricFormat } from '../format/value.ts'

export interface Part {
  readonly key: string
  readonly label: string
  readonly color: string
  readonly value: number
}

interface Props {
  readonly parts: readonly Part[]
  readonly format: MetricFormat
  readonly label: string
  readonly totalLabel: string
}

const RADIUS = 62
const LENGTH = 2 * Math.PI * RADIUS

/** Parts of a whole with their shares; the whole stands in the middle. */
export function DonutChart({ parts, format, label, totalLabel }: Props) {
  const [hovered, setHovered] = useState<string | null>(null)
  const total = parts.reduce((sum, { value }) => sum + value, 0)
  const active = parts.find(({ key }) => key === hovered)
  let before = 0
  return (
    <div className="donut">
      <svg viewBox="0 0 160 160" role="img" aria-label={label}>
        {parts.map(({ key, color, value }) => {
          const share = total === 0 ? 0 : value / total
          const offset = before
          before += share
          return (
            <circle
              key={key}
              className="mark donut-part"
              data-dim={hovered !== null && hovered !== key}
              cx="80"
              cy="80"
              r={RADIUS}
              style={{ stroke: color }}
              strokeDasharray={`${Math.max(0.5, share * LENGTH - 2)} ${LENGTH}`}
              strokeDashoffset={-offset * LENGTH}
              onPointerEnter={() => setHovered(key)}
              onPointerLeave={() => setHovered(null)}
            />
          )
        })}
        <text className="donut-total" x="80" y="82" textAnchor="middle">
          {formatValue(active?.value ?? total, format)}
        </text>
        <text className="donut-caption" x="80" y="100" textAnchor="middle">
          {active?.label ?? totalLabel}
        </text>
      </svg>
      <ul className="parts">
        {parts.map(({ key, label: name, color, value }) => (
          <li
            key={key}
            data-dim={hovered !== null && hovered !== key}
            onPointerEnter={() => setHovered(key)}
            onPointerLeave={() => setHovered(null)}
          >
            <span className="swatch" style={{ background: color }} />
            <span className="part-label">{name}</span>
            <span className="part-share">{total === 0 ? '—' : `${((value / total) * 100).toFixed(1)}%`}</span>
            <span className="part-value">{formatValue(value, format)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
