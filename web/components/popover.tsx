import { type ReactNode, useEffect, useId, useRef, useState } from 'react'

interface Props {
  /** What the button shows. */
  readonly label: ReactNode
  /** What the panel is, for those who do not see it. */
  readonly name: string
  readonly className?: string
  readonly align?: 'start' | 'end'
  readonly onClose?: (how: 'outside' | 'escape' | 'done') => void
  readonly children: (close: () => void) => ReactNode
}

/** A button with a panel below it. Escape and a click elsewhere close it, and the button has the focus again. */
export function Popover({ label, name, className = 'button', align = 'start', onClose, children }: Props) {
  const [open, setOpen] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const id = useId()
  const close = (how: 'outside' | 'escape' | 'done') => {
    setOpen(false)
    if (how !== 'outside') frame.current?.querySelector('button')?.focus()
    onClose?.(how)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: an open panel listens; what closing does is the newest.
  useEffect(() => {
    if (!open) return
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) close('outside')
    }
    document.addEventListener('pointerdown', onPointer)
    focusFirst(frame.current)
    return () => document.removeEventListener('pointerdown', onPointer)
  }, [open, onClose])
  const isIcon = className.includes('icon-button')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes whatever inside has the focus.
    <div
      className="popover"
      ref={frame}
      onKeyDown={(event) => {
        if (!open || event.key !== 'Escape') return
        event.stopPropagation()
        close('escape')
      }}
    >
      <button
        type="button"
        className={className}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={isIcon ? name : undefined}
        title={isIcon ? name : undefined}
        onClick={() => (open ? close('done') : setOpen(true))}
      >
        {label}
      </button>
      {open && (
        <div className="popover-panel" id={id} role="dialog" aria-label={name} data-align={align}>
          {children(() => close('done'))}
        </div>
      )}
    </div>
  )
}

function focusFirst(frame: HTMLElement | null) {
  const panel = frame?.querySelector('.popover-panel')
  const first = panel?.querySelector<HTMLElement>('[autofocus], input, button, a[href], [tabindex="0"]')
  first?.focus({ preventScroll: true })
}
