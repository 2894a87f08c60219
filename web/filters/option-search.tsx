interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Finds among the values of a filter. */
export function OptionSearch({ label, value, onChange }: Props) {
  return (
    <input
      type="search"
      className="search-input"
      placeholder={`Search ${label.toLowerCase()}`}
      aria-label={`Search ${label}`}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
