import type { ReactNode } from 'react'
import { navigate } from '../queries/page-state.ts'

interface Props {
  readonly href: string
  readonly className?: string
  readonly current?: boolean
  readonly children: ReactNode
}

/** A link within the pages: it keeps new tabs and other buttons as browsers have them. */
export function Link({ href, className, current, children }: Props) {
  return (
    <a
      href={href}
      className={className}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
        event.preventDefault()
        navigate(href)
      }}
    >
      {children}
    </a>
  )
}
