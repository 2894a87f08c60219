import { formatValue, type MetricFormat } from '../format/value.ts'

export interface GaugeBand {
  readonly status: 'good' | 'warn' | 'bad'
  readonly from: number
  readonly to: number
}

interface Props {
  readonly value: number | null
  readonly min: number
  readonly max: number
  readonly target: number | undefined
  readonly bands: readonly GaugeBand[]
  readonly status: 'good' | 'warn' | 'bad' | null
  readonly word: string
  readonly format: MetricFormat
  readonly label: string
}

const OUTER = 88
const INNER = 74

/** One number on a half circle, over the bands of good, needs work and poor, with a mark where it should be. */
export function Gauge({ value, min, max, target, bands, status, word, format, label }: Props) {
  const share = (of: number) => Math.min(1, Math.max(0, (of - min) / (max - min || 1)))
  const note = target === undefined ? word : `${word}${word === '' ? '' : ' · '}target ${formatValue(target, format)}`
  const name = `${label}: ${formatValue(value, format, 'exact')} on a scale from ${formatValue(min, format)} to ${formatValue(max, format)}${note === '' ? '' : `, ${note}`}.`
  return (
    <svg className="gauge" viewBox="0 0 200 140" role="img" aria-label={name}>
      {bands.map((band) => (
        <path
          key={band.status}
          className="gauge-band"
          data-status={band.status}
          d={arc(OUTER, share(band.from), share(band.to))}
        />
      ))}
      <path className="gauge-track" d={arc(INNER, 0, 1)} />
      {value !== null && share(value) > 0 && (
        <path className="gauge-fill" data-status={status ?? undefined} d={arc(INNER, 0, share(value))} />
      )}
      {target !== undefined && (
        <path className="gauge-target" d={`M${at(64, share(target))}L${at(94, share(target))}`} />
      )}
      <text className="gauge-value" x="100" y="94" textAnchor="middle">
        {formatValue(value, format)}
      </text>
      <text className="gauge-note" data-status={status ?? undefined} x="100" y="132" textAnchor="middle">
        {note}
      </text>
      <text className="gauge-limit" x="26" y="116" textAnchor="middle">
        {formatValue(min, format, 'axis')}
      </text>
      <text className="gauge-limit" x="174" y="116" textAnchor="middle">
        {formatValue(max, format, 'axis')}
      </text>
    </svg>
  )
}

function at(radius: number, share: number): string {
  const angle = Math.PI * (1 - share)
  return `${(100 + radius * Math.cos(angle)).toFixed(2)} ${(100 - radius * Math.sin(angle)).toFixed(2)}`
}

const arc = (radius: number, from: number, to: number): string =>
  `M${at(radius, from)}A${radius} ${radius} 0 0 1 ${at(radius, to)}`

/** Where the thresholds of a metric divide a scale. */
export function bandsOf(
  thresholds: { readonly good: number; readonly warn: number } | null,
  direction: 'up' | 'down' | 'neutral',
  min: number,
  max: number,
): readonly GaugeBand[] {
  if (thresholds === null || direction === 'neutral') return []
  const { good, warn } = thresholds
  const bands: readonly GaugeBand[] =
    direction === 'up'
      ? [
          { status: 'bad', from: min, to: warn },
          { status: 'warn', from: warn, to: good },
          { status: 'good', from: good, to: max },
        ]
      : [
          { status: 'good', from: min, to: good },
          { status: 'warn', from: good, to: warn },
          { status: 'bad', from: warn, to: max },
        ]
  return bands.filter(({ from, to }) => from < to)
}
