import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  readonly title: string
  readonly className?: string
  /** Shown beside the title. */
  readonly actions?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A window over the page: the browser keeps the focus in it and closes it by Escape. */
export function Dialog({ title, className = '', actions, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    return () => {
      element?.close()
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the window closes it, as Escape does.
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="dialog-body">
        <header className="dialog-header">
          <h2>{title}</h2>
          <div className="dialog-actions">
            {actions}
            <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
              <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
                <path d="M6 6l12 12M18 6L6 18" />
              </svg>
            </button>
          </div>
        </header>
        {children}
      </div>
    </dialog>
  )
}
