import { type ReactNode, useEffect, useRef } from 'react'
import './panel.css'

interface Props {
  readonly title: string
  /** What is to be done before it can be shown. */
  readonly note?: string | null
  readonly footer?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Beside the dashboard; on narrow screens above its lower half. Escape closes it. */
export function Panel({ title, note = null, footer, onClose, children }: Props) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus({ preventScroll: true })
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <aside
      ref={panel}
      className="builder-panel"
      aria-label={title}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <header className="builder-panel-header">
        <h2>{title}</h2>
        <button type="button" className="icon-button" aria-label="Close the panel" onClick={onClose}>
          <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M6 6l12 12M18 6L6 18" />
          </svg>
        </button>
      </header>
      <div className="builder-panel-body">{children}</div>
      {(footer !== undefined || note !== null) && (
        <footer className="builder-panel-footer">
          <p className="options-note" role="status">
            {note}
          </p>
          {footer}
        </footer>
      )}
    </aside>
  )
}
