import { formatValue, type MetricFormat } from '../format/value.ts'

interface Props {
  readonly value: number | null
  readonly min: number
  readonly max: number
  readonly target: number | undefined
  readonly format: MetricFormat
  readonly label: string
}

const RADIUS = 80
const LENGTH = Math.PI * RADIUS

/** One number on a half circle, with a mark where it should be. */
export function Gauge({ value, min, max, target, format, label }: Props) {
  const share = (of: number) => Math.min(1, Math.max(0, (of - min) / (max - min || 1)))
  const arc = `M20 100A${RADIUS} ${RADIUS} 0 0 1 180 100`
  const angle = target === undefined ? 0 : Math.PI * (1 - share(target))
  const point = (radius: number) => `${100 + radius * Math.cos(angle)} ${100 - radius * Math.sin(angle)}`
  const isOver = target !== undefined && value !== null && value > target
  return (
    <svg className="gauge" viewBox="0 0 200 132" role="img" aria-label={`${label}: ${formatValue(value, format)}`}>
      <path className="gauge-track" d={arc} />
      {value !== null && <path className="gauge-fill" d={arc} strokeDasharray={`${share(value) * LENGTH} ${LENGTH}`} />}
      {target !== undefined && <path className="gauge-target" d={`M${point(66)}L${point(94)}`} />}
      <text className="gauge-value" x="100" y="96" textAnchor="middle">
        {formatValue(value, format)}
      </text>
      <text className="gauge-note" x="100" y="120" textAnchor="middle">
        {target === undefined ? '' : `${isOver ? 'above' : 'of'} ${formatValue(target, format)}`}
      </text>
    </svg>
  )
}
