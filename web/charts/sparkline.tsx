import { useId } from 'react'

const WIDTH = 120
const HEIGHT = 36

/** A trend without axes. */
export function Sparkline({ values, label }: { readonly values: readonly (number | null)[]; readonly label: string }) {
  const id = useId()
  const known = values.flatMap((value, index) => (value === null ? [] : [{ index, value }]))
  const last = known.at(-1)
  if (last === undefined || known.length < 2) return null
  const low = Math.min(...known.map(({ value }) => value))
  const high = Math.max(...known.map(({ value }) => value))
  const x = (index: number) => 2 + (index / (values.length - 1)) * (WIDTH - 6)
  const y = (value: number) => HEIGHT - 4 - ((value - low) / (high - low || 1)) * (HEIGHT - 8)
  const line = known.map(({ index, value }) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join('L')
  const first = known[0] ?? last
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <linearGradient id={id} x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" style={{ stopColor: 'var(--accent)', stopOpacity: 0.22 }} />
        <stop offset="1" style={{ stopColor: 'var(--accent)', stopOpacity: 0 }} />
      </linearGradient>
      <path d={`M${line}L${x(last.index)},${HEIGHT}L${x(first.index)},${HEIGHT}Z`} fill={`url(#${id})`} />
      <path className="sparkline-line" d={`M${line}`} />
      <circle className="sparkline-dot" cx={x(last.index)} cy={y(last.value)} r="2.5" />
    </svg>
  )
}
