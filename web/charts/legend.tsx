import type { Series } from './series.ts'

interface Props {
  readonly series: readonly Series[]
  readonly isolated: string | null
  readonly onIsolate: (key: string | null) => void
  readonly onHover: (key: string | null) => void
  readonly hidden: number
}

/** A click shows one series alone, pointing at it dims the others. */
export function Legend({ series, isolated, onIsolate, onHover, hidden }: Props) {
  return (
    <div className="legend">
      {series.map(({ key, label, color }) => (
        <button
          key={key}
          type="button"
          className="legend-item"
          aria-pressed={isolated === key}
          data-dim={isolated !== null && isolated !== key}
          onClick={() => onIsolate(isolated === key ? null : key)}
          onPointerEnter={() => onHover(key)}
          onPointerLeave={() => onHover(null)}
        >
          <span className="swatch" style={{ background: color }} />
          {label}
        </button>
      ))}
      {hidden > 0 && <span className="legend-note">and {hidden} smaller ones</span>}
    </div>
  )
}
