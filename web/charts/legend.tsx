import type { Series } from './series.ts'

interface Props {
  readonly series: readonly Series[]
  /** Keys of what is shown; null where all is. */
  readonly chosen: readonly string[] | null
  /** True where a click adds or removes one; otherwise it shows one alone. */
  readonly toggles: boolean
  readonly onChoose: (keys: readonly string[] | null) => void
  readonly onHover: (key: string | null) => void
  readonly hidden: number
  readonly ghost: string | null
}

/** A click shows one series alone, or switches it where the widget offers a toggle; pointing at it dims the others. */
export function Legend({ series, chosen, toggles, onChoose, onHover, hidden, ghost }: Props) {
  const all = series.map(({ key }) => key)
  const isShown = (key: string) => chosen === null || chosen.includes(key)
  const next = (key: string): readonly string[] | null => {
    if (!toggles) return chosen !== null && isShown(key) ? null : [key]
    const now = chosen ?? all
    const keys = now.includes(key)
      ? now.filter((other) => other !== key)
      : all.filter((one) => one === key || now.includes(one))
    return keys.length === 0 || keys.length === all.length ? null : keys
  }
  return (
    <div className="legend">
      {series.length > 1 &&
        series.map(({ key, label, color }) => (
          <button
            key={key}
            type="button"
            className="legend-item"
            data-toggle={toggles}
            aria-pressed={toggles ? isShown(key) : chosen !== null && isShown(key)}
            data-dim={!isShown(key)}
            onClick={() => onChoose(next(key))}
            onPointerEnter={() => onHover(isShown(key) ? key : null)}
            onPointerLeave={() => onHover(null)}
            onFocus={() => onHover(isShown(key) ? key : null)}
            onBlur={() => onHover(null)}
          >
            <span className="swatch" style={{ background: color }} />
            {label}
          </button>
        ))}
      {ghost !== null && (
        <span className="legend-note">
          <span className="swatch-ghost" />
          {ghost}
        </span>
      )}
      {hidden > 0 && <span className="legend-note">and {hidden} smaller ones</span>}
    </div>
  )
}
