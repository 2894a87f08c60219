import { useEffect, useRef } from 'react'
import { Link } from '../components/link.tsx'
import type { DrillItem } from './drill.ts'

interface Props {
  readonly items: readonly DrillItem[]
  readonly title: string
  /** Where the mark was chosen, in the window. */
  readonly at: { readonly x: number; readonly y: number }
  readonly onClose: () => void
}

const WIDTH = 300

/** The ways on from a mark, beside it. */
export function DrillMenu({ items, title, at, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    menu.current?.querySelector('a')?.focus()
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) onClose()
    }
    document.addEventListener('pointerdown', onPointer)
    return () => {
      document.removeEventListener('pointerdown', onPointer)
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [onClose])
  const left = Math.max(8, Math.min(at.x, innerWidth - WIDTH - 16))
  const top = Math.max(8, Math.min(at.y + 8, innerHeight - 60 - items.length * 34))
  return (
    <div
      ref={menu}
      className="drill-menu"
      role="dialog"
      aria-label={title}
      style={{ left, top, width: WIDTH }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event, menu.current)
      }}
    >
      <p className="drill-title">{title}</p>
      {items.map(({ href, label, kind }) => (
        <Link key={`${kind} ${label}`} className="menu-item" href={href} onGo={onClose}>
          {label}
        </Link>
      ))}
    </div>
  )
}

function move(event: React.KeyboardEvent, menu: HTMLElement | null) {
  event.preventDefault()
  const links = [...(menu?.querySelectorAll('a') ?? [])]
  const now = links.indexOf(document.activeElement as HTMLAnchorElement)
  const step = event.key === 'ArrowDown' ? 1 : -1
  links[(now + step + links.length) % links.length]?.focus()
}
