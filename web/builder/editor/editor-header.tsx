import type { Editor } from '../editing/use-editor.ts'

interface Props {
  readonly editor: Editor
  readonly busy: boolean
  /** Why it cannot be saved now; null where it can. */
  readonly refusal: string | null
  readonly onAdd: () => void
  readonly onSettings: () => void
  readonly onSave: () => void
  readonly onCancel: () => void
}

/** The title, and what concerns the dashboard as a whole. */
export function EditorHeader({ editor, busy, refusal, onAdd, onSettings, onSave, onCancel }: Props) {
  const { undo, redo, edited, edit, isChanged } = editor
  return (
    <header className="editor-header">
      <h1 className="sr-only">Edit {edited.settings.title}</h1>
      <input
        className="editor-title"
        aria-label="Title of the dashboard"
        maxLength={200}
        value={edited.settings.title}
        onChange={(event) => edit({ type: 'set', settings: { title: event.target.value } })}
      />
      <div className="editor-tools">
        <HeaderIcon
          label="Undo"
          keys="Ctrl+Z"
          path="M9 14L4 9l5-5M4 9h10.500a5.500 5.500 0 0 1 0 11H11"
          onPress={undo}
        />
        <HeaderIcon
          label="Redo"
          keys="Ctrl+Shift+Z"
          path="M15 14l5-5-5-5M20 9H9.500a5.500 5.500 0 0 0 0 11H13"
          onPress={redo}
        />
        <button type="button" className="button" onClick={onSettings}>
          Settings
        </button>
        <button type="button" className="button" onClick={onAdd}>
          Add widget
        </button>
        <span className="editor-end">
          <button type="button" className="button" onClick={onCancel}>
            {isChanged ? 'Cancel' : 'Close'}
          </button>
          <button
            type="button"
            className="button button-primary"
            disabled={busy || refusal !== null}
            title={refusal ?? 'Save (Ctrl+S)'}
            onClick={onSave}
          >
            {busy ? 'Saving …' : 'Save'}
          </button>
        </span>
      </div>
    </header>
  )
}

interface IconProps {
  readonly label: string
  readonly keys: string
  readonly path: string
  /** Null where there is nothing to do. */
  readonly onPress: (() => void) | null
}

function HeaderIcon({ label, keys, path, onPress }: IconProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={`${label} (${keys})`}
      disabled={onPress === null}
      onClick={() => onPress?.()}
    >
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  )
}
