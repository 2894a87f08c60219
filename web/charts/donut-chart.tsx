import { useState } from 'react'
import { formatValue, type MetricFormat } from '../format/value.ts'
import { useChunk } from './chunk.ts'
import { partsFinding } from './finding.ts'
import { pieChunk } from './nivo/chunks.ts'
import type { Part } from './part.ts'

interface Props {
  readonly parts: readonly Part[]
  readonly format: MetricFormat
  readonly label: string
  readonly onPick?: ((key: string) => void) | undefined
}

const SIZE = 160

/** Parts of a whole with their shares; the whole stands in the middle. */
export function DonutChart({ parts, format, label, onPick }: Props) {
  const Pie = useChunk(pieChunk)
  const [hovered, setHovered] = useState<string | null>(null)
  const total = parts.reduce((sum, { value }) => sum + (value ?? 0), 0)
  const active = parts.find(({ key }) => key === hovered)
  return (
    <div className="donut">
      <div
        className="donut-picture"
        style={{ width: SIZE, height: SIZE }}
        role="img"
        aria-label={partsFinding(label, parts, format, total)}
      >
        {Pie !== null && (
          <Pie parts={parts} format={format} size={SIZE} hovered={hovered} onHover={setHovered} onPick={onPick} />
        )}
        <div className="donut-middle">
          <span className="donut-total">{formatValue(active?.value ?? total, format)}</span>
          <span className="donut-caption">{active?.label ?? 'Total'}</span>
        </div>
      </div>
      <ul className="parts">
        {parts.map(({ key, label: name, color, value, raw }) => (
          <li
            key={key}
            data-dim={hovered !== null && hovered !== key}
            onPointerEnter={() => setHovered(key)}
            onPointerLeave={() => setHovered(null)}
          >
            <span className="swatch" style={{ background: color }} />
            {onPick === undefined || raw === undefined ? (
              <span className="part-label" title={name}>
                {name}
              </span>
            ) : (
              <button type="button" className="part-label" title={name} onClick={() => onPick(key)}>
                {name}
              </button>
            )}
            <span className="part-share">{total === 0 ? '—' : `${(((value ?? 0) / total) * 100).toFixed(1)}%`}</span>
            <span className="part-value" title={formatValue(value, format, 'exact')}>
              {formatValue(value, format)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
