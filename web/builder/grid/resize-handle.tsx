import type { PointerEvent } from 'react'
import { COLUMNS } from '../editing/edit.ts'

interface Props {
  readonly name: string
  readonly width: number
  /** The width while it is dragged; null at the end. */
  readonly onDrag: (width: number | null) => void
  readonly onResize: (width: number) => void
}

/** The right edge: it snaps to the columns. */
export function ResizeHandle({ name, width, onDrag, onResize }: Props) {
  const isHeld = ({ currentTarget, pointerId }: PointerEvent) => currentTarget.hasPointerCapture(pointerId)
  return (
    <div
      className="tile-edge"
      title={`Drag to resize ${name}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        onDrag(width)
      }}
      onPointerMove={(event) => isHeld(event) && onDrag(widthAt(event, width))}
      onPointerUp={(event) => {
        if (!isHeld(event)) return
        const next = widthAt(event, width)
        onDrag(null)
        if (next !== width) onResize(next)
      }}
      onPointerCancel={() => onDrag(null)}
    />
  )
}

function widthAt({ currentTarget, clientX }: PointerEvent, width: number): number {
  const tile = currentTarget.closest('.tile')?.getBoundingClientRect()
  const grid = currentTarget.closest('.grid')
  if (!tile || !grid) return width
  const gap = Number.parseFloat(getComputedStyle(grid).columnGap) || 0
  const column = (grid.getBoundingClientRect().width + gap) / COLUMNS
  return Math.min(COLUMNS, Math.max(1, Math.round((clientX - tile.left + gap) / column)))
}
