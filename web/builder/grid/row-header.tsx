import type { Edit, EditedRow, Target } from '../editing/edit.ts'

interface Props {
  readonly row: EditedRow
  readonly index: number
  /** How many rows there are. */
  readonly count: number
  readonly edit: (edit: Edit) => void
  readonly onAdd: (to: Target) => void
}

/** The heading of a row, and what can be done with all of it. */
export function RowHeader({ row, index, count, edit, onAdd }: Props) {
  const name = row.title || `row ${index + 1}`
  return (
    <header className="row-header">
      <input
        aria-label={`Heading of row ${index + 1}`}
        placeholder="Heading of the row"
        maxLength={200}
        value={row.title}
        onChange={(event) => edit({ type: 'name_row', row: row.key, title: event.target.value })}
      />
      <RowButton
        label={`Add a widget to ${name}`}
        path="M12 5v14M5 12h14"
        onPress={() => onAdd({ kind: 'in_row', row: row.key, index: row.widgets.length })}
      />
      <RowButton
        label={`Move ${name} up`}
        path="M12 19V5M6 11l6-6 6 6"
        disabled={index === 0}
        onPress={() => edit({ type: 'move_row', row: row.key, by: -1 })}
      />
      <RowButton
        label={`Move ${name} down`}
        path="M12 5v14M6 13l6 6 6-6"
        disabled={index === count - 1}
        onPress={() => edit({ type: 'move_row', row: row.key, by: 1 })}
      />
      <RowButton
        label={`Remove ${name}`}
        path="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13"
        onPress={() => edit({ type: 'remove_row', row: row.key })}
      />
    </header>
  )
}

interface ButtonProps {
  readonly label: string
  readonly path: string
  readonly disabled?: boolean
  readonly onPress: () => void
}

function RowButton({ label, path, disabled = false, onPress }: ButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onPress}
    >
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  )
}
