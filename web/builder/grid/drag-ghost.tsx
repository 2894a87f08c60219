import { useEffect, useRef } from 'react'

/** Follows the pointer with the name of what is dragged; nothing else is drawn anew for it. */
export function DragGhost({ name }: { readonly name: string }) {
  const ghost = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const follow = ({ clientX, clientY }: PointerEvent) => {
      if (ghost.current !== null) ghost.current.style.transform = `translate(${clientX + 12}px, ${clientY + 8}px)`
    }
    addEventListener('pointermove', follow)
    return () => removeEventListener('pointermove', follow)
  }, [])
  return (
    <div ref={ghost} className="drag-ghost" aria-hidden="true">
      {name}
    </div>
  )
}
