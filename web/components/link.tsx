import type { ReactNode } from 'react'
import { navigate } from '../queries/page-state.ts'

interface Props {
  readonly href: string
  readonly className?: string
  readonly current?: boolean
  readonly title?: string
  /** Said before going there. */
  readonly onGo?: () => void
  /** Somebody points at it and may go there. */
  readonly onNear?: () => void
  readonly children: ReactNode
}

/** A link within the pages: it keeps new tabs and other buttons as browsers have them. */
export function Link({ href, className, current, title, onGo, onNear, children }: Props) {
  return (
    <a
      href={href}
      className={className}
      title={title}
      onPointerEnter={onNear}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
        event.preventDefault()
        onGo?.()
        navigate(href)
      }}
    >
      {children}
    </a>
  )
}
