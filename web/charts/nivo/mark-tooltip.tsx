interface Props {
  readonly color: string
  readonly label: string
  readonly value: string
  readonly note?: string | undefined
}

/** What a mark says when it is pointed at. */
export function MarkTooltip({ color, label, value, note }: Props) {
  return (
    <div className="tooltip tooltip-mark">
      <div className="tooltip-row">
        <span className="swatch" style={{ background: color }} />
        <span className="tooltip-label">{label}</span>
        <span>{value}</span>
      </div>
      {note !== undefined && <div className="tooltip-title">{note}</div>}
    </div>
  )
}
