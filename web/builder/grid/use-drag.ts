import { type PointerEvent, useEffect, useRef, useState } from 'react'
import type { Edited, Target } from '../editing/edit.ts'

export interface Drag {
  /** The widget that is dragged; null for none. */
  readonly dragged: string | null
  /** Where it would go. */
  readonly target: Target | null
  readonly start: (event: PointerEvent, widget: string) => void
}

type State = Pick<Drag, 'dragged' | 'target'>

interface Point {
  readonly clientX: number
  readonly clientY: number
}

const NONE: State = { dragged: null, target: null }
/** A press that goes less far than this is a click. */
const LEAST = 5

/** Drags a widget with the pointer. Places are told by `data-place` of what lies under it; Escape lets it be. */
export function useDrag(edited: Edited, onDrop: (widget: string, to: Target) => void): Drag {
  const [pressed, setPressed] = useState<{ readonly widget: string; readonly at: Point } | null>(null)
  const [state, setState] = useState(NONE)
  const latest = useRef({ edited, onDrop, state })
  latest.current = { edited, onDrop, state }
  useEffect(() => {
    if (pressed === null) return
    const stop = () => {
      setPressed(null)
      setState(NONE)
    }
    const move = (event: globalThis.PointerEvent) => {
      const { state: before, edited: now } = latest.current
      if (before.dragged === null && isNear(event, pressed.at)) return
      scrollNearEdges(event.clientY)
      const target = targetAt(event, now)
      if (before.dragged !== null && JSON.stringify(before.target) === JSON.stringify(target)) return
      setState({ dragged: pressed.widget, target })
    }
    const drop = () => {
      const { state: last, onDrop: put } = latest.current
      stop()
      if (last.dragged !== null && last.target !== null) put(last.dragged, last.target)
    }
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && stop()
    addEventListener('pointermove', move)
    addEventListener('pointerup', drop)
    addEventListener('pointercancel', stop)
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', drop)
      removeEventListener('pointercancel', stop)
      removeEventListener('keydown', onKey)
    }
  }, [pressed])
  return {
    dragged: state.dragged,
    target: state.target,
    start: (event, widget) => {
      if (event.button === 0) setPressed({ widget, at: { clientX: event.clientX, clientY: event.clientY } })
    },
  }
}

const isNear = (a: Point, b: Point) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) < LEAST

/** The left half of a widget means before it, the right half behind it; between rows a row of its own begins. */
function targetAt({ clientX, clientY }: Point, { rows }: Edited): Target | null {
  const under = document.elementFromPoint(clientX, clientY)
  const gap = under?.closest<HTMLElement>('[data-gap]')
  if (gap) return { kind: 'new_row', index: Number(gap.dataset.gap) }
  const place = under?.closest<HTMLElement>('[data-place]')
  const row = rows.find(({ widgets }) => widgets.some(({ key }) => key === place?.dataset.place))
  if (row === undefined || !place) {
    const whole = under?.closest<HTMLElement>('[data-row]')?.dataset.row
    const found = rows.find(({ key }) => key === whole)
    return found === undefined ? null : { kind: 'in_row', row: found.key, index: found.widgets.length }
  }
  const index = row.widgets.findIndex(({ key }) => key === place.dataset.place)
  const box = place.getBoundingClientRect()
  return { kind: 'in_row', row: row.key, index: clientX > box.left + box.width / 2 ? index + 1 : index }
}

function scrollNearEdges(y: number) {
  const EDGE = 64
  if (y < EDGE) scrollBy(0, -16)
  else if (y > innerHeight - EDGE) scrollBy(0, 16)
}
